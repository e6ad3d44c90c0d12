import {
  createVoice,
  deleteVoice,
  eachRow,
  grantVoice,
  listPresetElements,
  listVoices,
  type PresetElement,
  revokeVoice,
  type Voice,
} from '../client/index.ts';
import { UsageError } from './arguments.ts';
import type { Command, Commands, OptionValues } from './command.ts';
import { openClient } from './open-client.ts';

const json = { type: 'boolean', describe: 'print JSON' } as const;
const account = { type: 'string', required: true, describe: 'name or id of the account' } as const;

/** What a server's Kling account has besides: the vendor's elements, and voices. */
export const voiceCommands: Commands = {
  'elements presets': {
    summary: "Lists the vendor's own elements, where the server has a Kling account.",
    options: { json },
    async run(values, environment) {
      const client = openClient(environment);
      const rows = await collect<PresetElement>((page) => listPresetElements(client, { limit: 100, ...page }));
      return tell(values, rows, ({ element_id, reference_type, element_name }) => {
        return `${element_id.padEnd(20)} ${reference_type.padEnd(12)} ${element_name}`;
      });
    },
  },
  'voices list': {
    summary: 'Lists the voices that your account may bind to elements.',
    options: { json },
    async run(values, environment) {
      const client = openClient(environment);
      return tell(values, await collect<Voice>((page) => listVoices(client, { limit: 100, ...page })), presentVoice);
    },
  },
  'voices create': {
    summary: "Makes a voice of a recording with an admin's key; the vendor charges for it.",
    options: {
      name: { type: 'string', required: true, describe: 'name of the voice, at most 20 characters' },
      url: { type: 'string', required: true, describe: 'public address of MP3, WAV, MP4 or MOV, 5 to 30 s' },
      account: { type: 'string', describe: 'who may use it, by name or id; default: your account' },
      'kling-account': {
        type: 'string',
        describe: 'which Kling account makes it, where the server has several; default: the first that takes it',
      },
      json,
    },
    async run(values, environment) {
      const named = {
        ...(values.account === undefined ? {} : { account: values.account as string }),
        ...(values['kling-account'] === undefined ? {} : { kling_account: values['kling-account'] as string }),
      };
      const wish = { voice_name: values.name as string, voice_url: values.url as string, ...named };
      const made = await createVoice(openClient(environment), wish);
      const text =
        made.voice === null ? `not made yet, see 'voices list' (task ${made.task_id})` : presentVoice(made.voice);
      process.stdout.write(values.json ? `${JSON.stringify(made)}\n` : `${text}\n`);
      return 0;
    },
  },
  'voices delete': onVoice("Deletes a voice from the server's Kling account.", {}, async (client, voiceId) => {
    await deleteVoice(client, voiceId);
    return 'deleted';
  }),
  'voices grant': onVoice(
    'Lets an account bind a voice to its elements.',
    { account },
    async (client, voiceId, values) => {
      await grantVoice(client, voiceId, values.account as string);
      return 'granted';
    },
  ),
  'voices revoke': onVoice('Takes a voice back from an account.', { account }, async (client, voiceId, values) => {
    await revokeVoice(client, voiceId, values.account as string);
    return 'revoked';
  }),
};

function onVoice(
  summary: string,
  options: Command['options'],
  work: (client: ReturnType<typeof openClient>, voiceId: string, values: OptionValues) => Promise<string>,
): Command {
  return {
    summary,
    positionals: 'VOICE_ID',
    options: { ...options, json },
    async run(values, environment, words) {
      const [id, ...others] = words;
      if (id === undefined || others.length > 0) throw new UsageError('name one voice id');
      const outcome = await work(openClient(environment), id, values);
      process.stdout.write(values.json ? `${JSON.stringify({ voice_id: id, [outcome]: true })}\n` : `${outcome}\n`);
      return 0;
    },
  };
}

function tell<Row>(values: OptionValues, rows: readonly Row[], present: (row: Row) => string): number {
  const lines = rows.map((row) => `${present(row)}\n`);
  process.stdout.write(values.json ? `${JSON.stringify({ data: rows })}\n` : lines.join(''));
  return 0;
}

function presentVoice({ voice_id, voice_name, is_preset }: Voice): string {
  return `${voice_id.padEnd(20)} ${voice_name}${is_preset ? " (the vendor's)" : ''}`;
}

async function collect<Row>(list: Parameters<typeof eachRow<Row>>[0]): Promise<Row[]> {
  return await Array.fromAsync(eachRow(list));
}
