import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, UsageError } from '../../cli/index.ts';
import type { Actor } from '../audit/index.ts';
import { type Config, parseConfig } from '../config.ts';
import {
  createKlingVoice,
  deleteKlingVoice,
  findCreatedVoice,
  type KlingClient,
  type KlingVoice,
  listKlingVoices,
} from '../kling/index.ts';
import { findOperator } from './find-operator.ts';
import { getGrantee, grantVoiceNoted } from './kling-voice-grants.ts';
import { openDatabase } from './open-database.ts';
import { accountOption, withKlingClient } from './open-kling-client.ts';
import { withAuditLine } from './with-audit-line.ts';

export const listKlingVoicesCommand = listVoices('own', "Lists the Kling account's own voices.");
export const listKlingPresetVoicesCommand = listVoices(
  'presets',
  "Lists the vendor's voices, which every account may use.",
);

/** The vendor makes one in about ten seconds. */
const voiceMs = 300_000;
const lookMs = 2_000;

export const createKlingVoiceCommand: Command = {
  summary: 'Makes a voice of a recording; the vendor charges for it.',
  options: {
    name: { type: 'string', required: true, describe: 'name of the voice, at most 20 characters' },
    url: {
      type: 'string',
      required: true,
      describe: 'public address of MP3, WAV, MP4 or MOV, 5 to 30 s, one clean voice',
    },
    account: { type: 'string', describe: 'name of the account that may use it' },
    ...accountOption,
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  async run(values, environment) {
    const config = parseConfig(environment);
    const names = { account: values.account as string | undefined, klingAccount: values['kling-account'] };
    const grant = await prepareGrant(config, findOperator(environment), names);
    const request = {
      name: values.name as string,
      url: values.url as string,
      externalTaskId: `troupe-${randomUUID()}`,
    };
    const voice = await withKlingClient(config, values['kling-account'], async (client) => {
      // The vendor charges from here on, whatever becomes of it.
      const task = await withAuditLine(
        config,
        environment,
        () => createKlingVoice(client, request),
        (ordered) => ({
          action: 'kling_voice.create',
          subject: `kling_task:${ordered}`,
          details: { name: request.name, account: values.account },
        }),
      );
      return await waitForVoice(client, task);
    });
    await grant(voice.voice_id);
    process.stdout.write(`${values.json ? JSON.stringify(voice) : presentLine(voice)}\n`);
    return 0;
  },
};

async function waitForVoice(client: KlingClient, task: string): Promise<KlingVoice> {
  const until = performance.now() + voiceMs;
  for (;;) {
    const made = await findCreatedVoice(client, task);
    if (made !== null) return made;
    if (performance.now() > until) throw new Error(`not made within ${voiceMs / 1000} s (task ${task})`);
    await sleep(lookMs);
  }
}

/** Finds the account before the vendor charges for anything; answers what grants it a voice. */
async function prepareGrant(
  config: Config,
  actor: Actor,
  { account, klingAccount }: { account: string | undefined; klingAccount: unknown },
): Promise<(voiceId: string) => Promise<void>> {
  if (account === undefined) return async () => undefined;
  const look = async <T>(work: (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>) => {
    const database = await openDatabase(config);
    return await work(database).finally(() => database.close());
  };
  const grantee = await look((database) => getGrantee(database, config, account, klingAccount));
  return (voice_id) => look((database) => grantVoiceNoted(database.db, actor, { ...grantee, voice_id }));
}

export const deleteKlingVoiceCommand: Command = {
  summary: 'Deletes a voice from the Kling account.',
  positionals: 'VOICE_ID',
  options: { ...accountOption, json: { type: 'boolean', describe: 'print one JSON object' } },
  async run(values, environment, words) {
    const [id, ...others] = words;
    if (id === undefined || others.length > 0) throw new UsageError('name one voice id');
    const config = parseConfig(environment);
    await withKlingClient(config, values['kling-account'], (client) =>
      withAuditLine(
        config,
        environment,
        () => deleteKlingVoice(client, id),
        () => ({ action: 'kling_voice.delete', subject: `kling_voice:${id}` }),
      ),
    );
    process.stdout.write(values.json ? `${JSON.stringify({ voice_id: id, status: 'deleted' })}\n` : 'deleted\n');
    return 0;
  },
};

function listVoices(whose: 'own' | 'presets', summary: string): Command {
  return {
    summary,
    options: { ...accountOption, json: { type: 'boolean', describe: 'print one JSON object for each' } },
    async run(values, environment) {
      let count = 0;
      await withKlingClient(parseConfig(environment), values['kling-account'], async (client) => {
        for await (const voice of listKlingVoices(client, whose)) {
          process.stdout.write(`${values.json ? JSON.stringify(voice) : presentLine(voice)}\n`);
          count++;
        }
      });
      if (!values.json) process.stdout.write(`${count} voice(s)\n`);
      return 0;
    },
  };
}

function presentLine({ voice_id, voice_name }: KlingVoice): string {
  return `${voice_id.padEnd(20)} ${voice_name}`;
}
