import { readTogether } from './arguments.ts';
import { listCallbacksCommand } from './callbacks-list.ts';
import { resendCallbackCommand } from './callbacks-resend.ts';
import { testCallbackCommand } from './callbacks-test.ts';
import type { Command, Commands } from './command.ts';
import { creditsCommand } from './credits.ts';
import { chooseAnglesCommand, createAnglesCommand } from './elements-angles.ts';
import { createElementCommand } from './elements-create.ts';
import { deleteElementCommand } from './elements-delete.ts';
import { editElementCommand } from './elements-edit.ts';
import { exportElementCommand } from './elements-export.ts';
import { getElementCommand } from './elements-get.ts';
import { importElementCommand } from './elements-import.ts';
import { listElementsCommand } from './elements-list.ts';
import { mendElementCommand } from './elements-mend.ts';
import { listElementUsesCommand } from './elements-uses.ts';
import { deleteFileCommand } from './files-delete.ts';
import { downloadFileCommand } from './files-download.ts';
import { listFilesCommand } from './files-list.ts';
import { uploadFileCommand } from './files-upload.ts';
import { createImagesCommand } from './images-create.ts';
import { listenCommand } from './listen.ts';
import { loginCommand, logoutCommand } from './login.ts';
import { mcpCommand } from './mcp.ts';
import { meCommand } from './me.ts';
import { modelsCommand } from './models.ts';
import { openClient } from './open-client.ts';
import { cancelTaskCommand } from './tasks-cancel.ts';
import { getTaskCommand } from './tasks-get.ts';
import { listTasksCommand } from './tasks-list.ts';
import { watchTasksCommand } from './tasks-watch.ts';
import { usageCommand } from './usage.ts';
import { createVideoCommand } from './videos-create.ts';
import { voiceCommands } from './voices.ts';

const commands: Commands = {
  'elements create': createElementCommand,
  'elements list': listElementsCommand,
  'elements get': getElementCommand,
  'elements edit': editElementCommand,
  'elements mend': mendElementCommand,
  'elements angles': createAnglesCommand,
  'elements choose': chooseAnglesCommand,
  'elements uses': listElementUsesCommand,
  'elements export': exportElementCommand,
  'elements import': importElementCommand,
  'elements delete': deleteElementCommand,
  'videos create': createVideoCommand,
  'images create': createImagesCommand,
  'tasks get': getTaskCommand,
  'tasks list': listTasksCommand,
  'tasks cancel': cancelTaskCommand,
  'tasks watch': watchTasksCommand,
  listen: listenCommand,
  mcp: mcpCommand,
  'callbacks list': listCallbacksCommand,
  'callbacks resend': resendCallbackCommand,
  'callbacks test': testCallbackCommand,
  'files upload': uploadFileCommand,
  'files list': listFilesCommand,
  'files download': downloadFileCommand,
  'files delete': deleteFileCommand,
  credits: creditsCommand,
  models: modelsCommand,
  usage: usageCommand,
  me: meCommand,
  ...voiceCommands,
};

/** Commands that go through the API like any other program: they know nothing but the client. */
export const clientCommands: Commands = {
  ...Object.fromEntries(Object.entries(commands).map(([name, command]) => [name, withSettings(command)])),
  login: loginCommand,
  logout: logoutCommand,
};

/** The same command, whose settings are looked at with its words, so that all mistakes are told at once. */
function withSettings(command: Command): Command {
  return {
    ...command,
    async check(values, words, environment) {
      await readTogether<unknown>([() => command.check?.(values, words, environment), () => openClient(environment)]);
    },
  };
}
