import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Commands } from './command.ts';
import { clientCommands } from './commands.ts';
import { runCommands } from './run-commands.ts';

const settings = { TROUPE_URL: 'http://127.0.0.1:4', TROUPE_API_KEY: 'sk-test' };

afterEach(() => {
  vi.restoreAllMocks();
});

/** What a command prints and ends with, in this process. */
async function run(line: string, environment: Record<string, string> = settings, commands: Commands = clientCommands) {
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      printed[name] += text;
      return true;
    });
  }
  const words = line.match(/'[^']*'|\S+/g) ?? [];
  const code = await runCommands(
    commands,
    words.map((word) => word.replace(/^'|'$/g, '')),
    environment,
  );
  vi.restoreAllMocks();
  return { code, ...printed };
}

const parse = (text: string) => JSON.parse(text) as { error: { code: string; message: string; mistakes?: string[] } };

describe('wrong words', () => {
  test.each([
    ['elements create --nmae x a.jpg --json', 'there is no option --nmae; did you mean --name?'],
    ['elements crate --json', "there is no command 'elements crate'; did you mean 'troupe elements create'?"],
    ['frobnicate --json', "there is no command 'frobnicate'"],
    ['tasks get --json', 'name one task id, like task-unified-1757169743-8dxnm6yz'],
    ['tasks list --page many --json', "--page must be a whole number, is 'many'"],
    ['credits now --json', "the word 'now' is not expected here"],
    ['help frobnicate --json', "there is no command 'frobnicate'"],
    ['elements mend 412 frontal --json', 'say what to do: --keep, --remove, --alpha or --undo'],
    ['elements mend 412 --undo --json', 'name an element id and one of its pictures, like 4129876500123456 frontal'],
    ["elements mend 412 frontal --keep '3;4' --json", "a point is written X,Y in pixels, is '3'"],
    ['elements mend 412 frontal --undo --keep 3,4 --json', 'give --undo alone'],
    [
      'elements mend 412 frontal 5,6 --keep 3,4 --json',
      "'5,6' is one word too many; the points of one stroke stand in quotation marks",
    ],
    ['elements mend 412 frontal --undo --radius wide --json', "--radius must be a whole number, is 'wide'"],
  ])('%s are one JSON value on standard output with exit code 2', async (line, mistake) => {
    const { code, stdout, stderr } = await run(line);
    expect([code, stderr]).toEqual([2, '']);
    const { error } = parse(stdout);
    expect(error.code).toBe('invalid_request');
    expect(error.mistakes).toContain(mistake);
    expect(error.message).toBe(error.mistakes?.join('; '));
  });

  test('all mistakes of one command are told at once, the missing key among them, and nothing else', async () => {
    const line = 'elements create no-such.jpg package.json --tint --description';
    const { code, stdout, stderr } = await run(line, {});
    expect([code, stdout]).toEqual([2, '']);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toEqual([
      'troupe: there is no option --tint',
      'troupe: --description needs a value',
      'troupe: --name is required',
      expect.stringContaining('no-such.jpg can not be read (ENOENT)'),
      'troupe: package.json is neither a JPEG nor a PNG picture',
      expect.stringContaining('TROUPE_API_KEY is not set'),
      "'troupe help elements create' tells its options",
    ]);
    const json = parse((await run(`${line} --json`, {})).stdout);
    expect(json.error.mistakes).toHaveLength(6);
  });

  test('each shot is named by its place, as it was typed', async () => {
    const { code, stderr } = await run("videos create 1 --shot '2:waits' --shot 'x:y' --shot 'drives' --duration long");
    expect(code).toBe(2);
    expect(stderr).toContain("troupe: --shot 2 must be SECONDS:PROMPT, is 'x:y'\n");
    expect(stderr).toContain("troupe: --shot 3 must be SECONDS:PROMPT, is 'drives'\n");
    expect(stderr).toContain("troupe: --duration must be whole seconds, is 'long'\n");
  });

  test.each([
    ['elments list', 'elements list'],
    ['element create', 'elements create'],
    ['task get x', 'tasks get'],
    ['video create', 'videos create'],
    ['modles', 'models'],
    ['crdits', 'credits'],
  ])('%s is answered with what was meant, without the help', async (line, meant) => {
    const { code, stdout, stderr } = await run(line);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`; did you mean 'troupe ${meant}'?`);
    expect(stderr).not.toContain('usage:');
  });
});

describe('wrong settings', () => {
  test.each([
    ['TROUPE_URL', { TROUPE_URL: 'localhost', TROUPE_API_KEY: 'sk-test' }],
    ['TROUPE_API_KEY', { TROUPE_API_KEY: ' ' }],
  ])('%s end with exit code 2, with --json as one JSON value', async (_, environment) => {
    const plain = await run('credits', environment);
    expect([plain.code, plain.stdout]).toEqual([2, '']);
    const json = await run('credits --json', environment);
    expect([json.code, json.stderr]).toEqual([2, '']);
    expect(parse(json.stdout).error.message).not.toBe('');
  });
});

describe('what is asked for', () => {
  test.each(['--version', '-V', '--version --json'])('%s is the version and nothing else', async (line) => {
    const { code, stdout, stderr } = await run(line, {});
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(line.includes('json') ? /^\{"version":"\d+\.\d+\.\d+"\}\n$/ : /^troupe \d+\.\d+\.\d+\n$/);
  });

  test.each(['', 'help', '--help', 'help elements create', 'elements create --help', 'elements create -h'])(
    "help is on standard output with exit code 0: '%s'",
    async (line) => {
      expect(await run(line, {})).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringMatching(/^usage: troupe /),
      });
    },
  );
});
