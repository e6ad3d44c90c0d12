import { type Command, UsageError } from '../../cli/index.ts';
import { getAccountByName } from '../accounts/index.ts';
import { type Actor, noteChange } from '../audit/index.ts';
import { type Config, parseConfig } from '../config.ts';
import { type Db, transaction } from '../db/index.ts';
import { createCredential, grantVoice, hasKlingCredentials, revokeVoice, type VoiceGrant } from '../kling/index.ts';
import { findOperator } from './find-operator.ts';
import { openDatabase } from './open-database.ts';
import { accountOption, getKlingAccount } from './open-kling-client.ts';

const options: Command['options'] = {
  account: { type: 'string', required: true, describe: 'name of the account' },
  ...accountOption,
  json: { type: 'boolean', describe: 'print one JSON object' },
};

export const grantKlingVoiceCommand: Command = {
  summary: "Lets an account bind a voice of the Kling account to its elements; the vendor's voices are everybody's.",
  positionals: 'VOICE_ID',
  options,
  async run(values, environment, words) {
    await withGrant(parseConfig(environment), values, words, async (db, grant) => {
      await grantVoiceNoted(db, findOperator(environment), grant);
      process.stdout.write(values.json ? presentJson(grant, { granted: true }) : 'granted\n');
    });
    return 0;
  },
};

export const revokeKlingVoiceCommand: Command = {
  summary: 'Takes a voice back from an account; elements that have it keep it.',
  positionals: 'VOICE_ID',
  options,
  async run(values, environment, words) {
    await withGrant(parseConfig(environment), values, words, async (db, grant) => {
      const revoked = await revokeVoiceNoted(db, findOperator(environment), grant);
      const sentence = revoked ? 'revoked\n' : 'it was not granted; nothing was done\n';
      process.stdout.write(values.json ? presentJson(grant, { granted: false, revoked }) : sentence);
    });
    return 0;
  },
};

/** Grants it in one transaction with the audit line. */
export async function grantVoiceNoted(db: Db, actor: Actor, grant: VoiceGrant): Promise<void> {
  const { voice_id, account_id } = grant;
  await transaction(db, async (tx) => {
    await grantVoice(tx, grant);
    await noteChange(tx, { actor, action: 'kling_voice.grant', subject: `kling_voice:${voice_id}`, account_id });
  });
}

/** False when it wasn't granted: then nothing is noted either. */
async function revokeVoiceNoted(db: Db, actor: Actor, grant: VoiceGrant): Promise<boolean> {
  const { voice_id, account_id } = grant;
  return await transaction(db, async (tx) => {
    if (!(await revokeVoice(tx, grant))) return false;
    await noteChange(tx, { actor, action: 'kling_voice.revoke', subject: `kling_voice:${voice_id}`, account_id });
    return true;
  });
}

type Database = Awaited<ReturnType<typeof openDatabase>>;

async function withGrant(
  config: Config,
  names: Parameters<Command['run']>[0],
  words: readonly string[],
  work: (db: Database['db'], grant: VoiceGrant) => Promise<void>,
): Promise<void> {
  const [voice_id, ...others] = words;
  if (voice_id === undefined || others.length > 0) throw new UsageError('name one voice id');
  const database = await openDatabase(config);
  try {
    const grant = {
      voice_id,
      ...(await getGrantee(database, config, names.account as string, names['kling-account'])),
    };
    await work(database.db, grant);
  } finally {
    await database.close();
  }
}

function presentJson({ voice_id }: VoiceGrant, outcome: object): string {
  return `${JSON.stringify({ voice_id, ...outcome })}\n`;
}

/** The account of ours, and the Kling account of the settings. Throws when either doesn't exist. */
export async function getGrantee(
  { db }: Database,
  { kling }: Pick<Config, 'kling'>,
  name: string,
  klingAccount: unknown,
): Promise<Omit<VoiceGrant, 'voice_id'>> {
  if (!hasKlingCredentials(kling)) throw new Error('the settings have no credentials for the Kling API');
  const upstream = getKlingAccount({ kling }, klingAccount);
  const account = await getAccountByName(db, name);
  const { fingerprint } = createCredential(upstream, { now: () => new Date() });
  return { credential: fingerprint, account_id: account.id };
}
