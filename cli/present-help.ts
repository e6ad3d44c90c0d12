import type { Commands } from './command.ts';

const tail = `
'troupe help COMMAND' tells the options of one, 'troupe --version' the version. Each of them takes --json for programs, but serve, api, worker and migrate.

settings   TROUPE_URL      the server that is talked to (default http://127.0.0.1:4600)
           TROUPE_API_KEY  the key, as 'keys create' prints it
           Without them, what 'troupe login' keeps.
           Those of the server itself stand in .env.example.

exit code  0 done   1 refused or failed   2 wrong words or settings   3 no server answers
           4 the task that was waited for has failed or was cancelled
`;

/** The list of all commands, one line each. */
export function presentHelp(commands: Commands): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return ['usage: troupe COMMAND [options]', '', ...lines, tail].join('\n');
}
