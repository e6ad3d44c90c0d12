import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { uploadFile } from '../client/index.ts';
import { findCallersFolder } from './arguments.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { openClient } from './open-client.ts';

export const mcpCommand: Command = {
  summary: 'Speaks MCP over stdin and stdout, for agent programs on this machine.',
  options: {},
  more: 'Started by an agent program, not by hand. The tools are those of the server that TROUPE_URL or the login names; in their arguments a\npath of this machine may stand wherever a file may: it is read here and kept on the server for a while.',
  async run(_values, environment) {
    const client = openClient(environment);
    // Only here: every other command starts without these packages.
    const { bridgeMcp } = await import('./bridge-mcp.ts');
    await bridgeMcp({
      url: `${client.baseUrl}/mcp`,
      key: client.key ?? '',
      folder: findCallersFolder(environment),
      upload: async (path, signal) => {
        const bytes = await openAsBlob(path);
        return await uploadFile(client, bytes, { fileName: basename(path), signal });
      },
    });
    return exitCodes.done;
  },
};
