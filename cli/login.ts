import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createClient, getMe } from '../client/index.ts';
import { UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { deleteLogin, saveLogin } from './login-file.ts';

export const loginCommand: Command = {
  summary: 'Keeps the address of a server and a key for all commands that talk to the API.',
  options: {
    url: { type: 'string', describe: 'address of the server (default TROUPE_URL, else http://127.0.0.1:4600)' },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  more:
    'The key is asked for, or read from standard input, so that it stands in no list of processes:\n' +
    'example: troupe login --url https://troupe.example.com < key.txt',
  async run(values, environment) {
    const named = (values.url as string | undefined) ?? environment.TROUPE_URL?.trim();
    const baseUrl = named || 'http://127.0.0.1:4600';
    const key = (process.stdin.isTTY ? await askForKey(baseUrl) : await text(process.stdin)).trim();
    if (key === '') throw new UsageError('no key came on standard input');
    const client = createClient({ retriesMax: 2, baseUrl, key });
    const me = await getMe(client);
    const path = saveLogin(environment, { url: client.baseUrl, key });
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ url: client.baseUrl, file: path, key_id: me.key_id, account: me.account, role: me.role })}\n`
        : `logged in at ${client.baseUrl} as ${me.name}, ${me.role} of ${me.account.name}; kept in ${path}\n`,
    );
    return 0;
  },
};

export const logoutCommand: Command = {
  summary: "Forgets what 'login' keeps.",
  options: { json: { type: 'boolean', describe: 'print one JSON object' } },
  async run(values, environment) {
    const logged_out = deleteLogin(environment);
    const told = logged_out ? 'logged out; the key itself still works\n' : 'nobody was logged in\n';
    process.stdout.write(values.json ? `${JSON.stringify({ logged_out })}\n` : told);
    return 0;
  },
};

/** Without an echo. */
async function askForKey(url: string): Promise<string> {
  process.stderr.write(`API key for ${url}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await reader.question('');
  } finally {
    reader.close();
    process.stderr.write('\n');
  }
}
