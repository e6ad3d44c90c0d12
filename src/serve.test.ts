import { expect, test } from 'vitest';
import { clientCommands } from '../cli/index.ts';
import { serverCommands } from './commands/index.ts';
import { serveCommands } from './serve.ts';

test('programs can read the answer of every command that does not run a server or only migrates', () => {
  const commands = Object.entries({ ...serveCommands, ...serverCommands, ...clientCommands });
  const withoutJson = commands.filter(([, { options }]) => options.json === undefined).map(([name]) => name);
  expect(withoutJson.toSorted()).toEqual(['api', 'migrate', 'serve', 'worker']);
});
