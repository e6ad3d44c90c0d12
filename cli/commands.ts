import { listCallbacksCommand } from './callbacks-list.ts';
import { resendCallbackCommand } from './callbacks-resend.ts';
import { testCallbackCommand } from './callbacks-test.ts';
import type { Commands } from './command.ts';
import { creditsCommand } from './credits.ts';
import { createElementCommand } from './elements-create.ts';
import { deleteElementCommand } from './elements-delete.ts';
import { getElementCommand } from './elements-get.ts';
import { listElementsCommand } from './elements-list.ts';
import { modelsCommand } from './models.ts';
import { cancelTaskCommand } from './tasks-cancel.ts';
import { getTaskCommand } from './tasks-get.ts';
import { listTasksCommand } from './tasks-list.ts';
import { createVideoCommand } from './videos-create.ts';

/** Commands that go through the API like any other program: they know nothing but the client. */
export const clientCommands: Commands = {
  'elements create': createElementCommand,
  'elements list': listElementsCommand,
  'elements get': getElementCommand,
  'elements delete': deleteElementCommand,
  'videos create': createVideoCommand,
  'tasks get': getTaskCommand,
  'tasks list': listTasksCommand,
  'tasks cancel': cancelTaskCommand,
  'callbacks list': listCallbacksCommand,
  'callbacks resend': resendCallbackCommand,
  'callbacks test': testCallbackCommand,
  credits: creditsCommand,
  models: modelsCommand,
};
