import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../helpers/run-program.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

const root = new URL('../..', import.meta.url).pathname;
const inspector = `${root}node_modules/@modelcontextprotocol/inspector-cli/build/index.js`;

/** Its package looks for the version in the package that usually holds it, which brings a browser's program and native code as well. */
const hook = `import { registerHooks } from 'node:module';
registerHooks({ resolve: (name, context, next) => next(name === '../../package.json' ? '../package.json' : name, context) });`;

let troupe: StartedTroupe;
beforeAll(async () => {
  troupe = await startTroupe();
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
});

/** The unmodified inspector of the protocol's makers; what it prints is the answer as JSON, behind its own notes. */
async function inspect(
  ...words: string[]
): Promise<{ code: number | null; output: string; answer: Record<string, never> }> {
  const header = `Authorization: Bearer ${troupe.key.key}`;
  const target = [`${troupe.url}/mcp`, '--transport', 'http', '--header', header];
  const { code, output } = await runProgram(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, inspector, ...target, ...words],
    { cwd: root },
  );
  const text = /^\{.*^\}/ms.exec(output)?.[0] ?? '{}';
  return { code, output, answer: JSON.parse(text) };
}

test('the inspector of MCP lists the tools with their schemas, and calls them', async () => {
  const { code, answer, output } = await inspect('--method', 'tools/list');
  expect([code, answer], output).toEqual([
    0,
    {
      tools: expect.arrayContaining([
        expect.objectContaining({ name: 'create_element', outputSchema: expect.objectContaining({ type: 'object' }) }),
      ]),
    },
  ]);
  const credits = await inspect('--method', 'tools/call', '--tool-name', 'get_credits');
  expect(credits.answer, credits.output).toMatchObject({ structuredContent: { remaining_credits: 1000 } });
  const words = ['--tool-arg', 'model=kling-o3-text-to-video', 'seconds=5'];
  const cost = await inspect('--method', 'tools/call', '--tool-name', 'estimate_cost', ...words);
  expect(cost.answer, cost.output).toMatchObject({ structuredContent: { credits: expect.any(Number) } });
  const refused = await inspect('--method', 'tools/call', '--tool-name', 'get_task', '--tool-arg', 'task_id=none');
  expect(refused.answer, refused.output).toMatchObject({ isError: true });
}, 300_000);
