import { expect, test, vi } from 'vitest';
import { clientCommands, runCommands } from '../cli/index.ts';
import { serverCommands } from './commands/index.ts';
import { serveCommands } from './serve.ts';

test('programs can read the answer of every command that does not run a server, speak MCP or only migrate', () => {
  const commands = Object.entries({ ...serveCommands, ...serverCommands, ...clientCommands });
  const withoutJson = commands.filter(([, { options }]) => options.json === undefined).map(([name]) => name);
  expect(withoutJson.toSorted()).toEqual(['api', 'mcp', 'migrate', 'serve', 'worker']);
});

test("a server's settings that have mistakes end a command with exit code 2, and each is named", async () => {
  const environment = { PORT: 'many', TROUPE_OUTBOUND_PROXY: 'environment', HTTPS_PROXY: 'socks5://proxy:1' };
  let printed = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  const code = await runCommands(serverCommands, ['keys', 'list', '--json'], environment);
  write.mockRestore();
  expect(code).toBe(2);
  const { error } = JSON.parse(printed) as { error: { code: string; message: string } };
  expect(error.code).toBe('invalid_request');
  for (const words of [
    'PORT must be a whole number',
    'TROUPE_OUTBOUND_PROXY',
    'must be an http:// or https:// proxy',
  ]) {
    expect(error.message).toContain(words);
  }
});
