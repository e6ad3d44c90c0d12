/** Another account of the vendor, as `TROUPE_KLING_ACCOUNTS` names it. */
export interface AccountEntry {
  name: string;
  klingApiKey?: string;
  klingAccessKey?: string;
  klingSecretKey?: string;
  klingBaseUrl?: string;
  klingParallelVideos?: number;
}

/** The name of the account that has settings of its own (`TROUPE_KLING_API_KEY` and the others). */
export const defaultAccountName = 'default';

const fields = ['name', 'api_key', 'access_key', 'secret_key', 'base_url', 'parallel_videos'];
const namePattern = /^[a-z0-9][a-z0-9_-]{0,39}$/;
const accountsMax = 50;

/** Reads a JSON list of accounts. Throws an Error with the rule that is broken; it never quotes what may be a key. */
export function parseAccountEntries(text: string): readonly AccountEntry[] {
  const list = parseJson(text);
  if (!Array.isArray(list) || list.length > accountsMax) {
    throw new Error(`must be a JSON list of at most ${accountsMax} accounts`);
  }
  const entries = list.map(parseEntry);
  for (const [at, { name }] of entries.entries()) {
    if (entries.findIndex((one) => one.name === name) !== at) throw new Error(`has two accounts named '${name}'`);
  }
  for (const [at, entry] of entries.entries()) {
    const first = entries.findIndex((one) => getKey(one) === getKey(entry));
    if (first !== at) throw new Error(`names the same key in '${entries[first]?.name}' and '${entry.name}'`);
  }
  return entries;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words would quote the text.
    throw new Error('must be a JSON list of accounts, and is no JSON');
  }
}

function parseEntry(value: unknown, at: number): AccountEntry {
  const refuse = (rule: string) => new Error(`account ${at + 1}: ${rule}`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse('must be an object');
  const entry = value as Record<string, unknown>;
  const unknown = Object.keys(entry).filter((field) => !fields.includes(field));
  if (unknown.length > 0) throw refuse(`has fields beside ${fields.join(', ')}`);
  const { name, base_url, parallel_videos } = entry;
  if (typeof name !== 'string' || !namePattern.test(name)) {
    throw refuse("name must be 1 to 40 characters of a-z, 0-9, '-' and '_'");
  }
  if (name === defaultAccountName) throw refuse(`'${name}' is the account of TROUPE_KLING_API_KEY; name this another`);
  const [klingApiKey, klingAccessKey, klingSecretKey] = ['api_key', 'access_key', 'secret_key'].map((field) => {
    const key = entry[field];
    if (key !== undefined && (typeof key !== 'string' || !/^\S{1,1000}$/.test(key))) {
      throw refuse(`${field} must be text without spaces`);
    }
    return key as string | undefined;
  });
  const isPair = klingAccessKey !== undefined && klingSecretKey !== undefined;
  const hasHalf = (klingAccessKey === undefined) !== (klingSecretKey === undefined);
  if (hasHalf || (klingApiKey === undefined) !== isPair) {
    throw refuse('must have api_key, or access_key and secret_key');
  }
  if (base_url !== undefined && !isBaseUrl(base_url)) throw refuse('base_url must be an http or https address');
  if (parallel_videos !== undefined && !isCount(parallel_videos)) {
    throw refuse('parallel_videos must be a whole number from 1 to 10000');
  }
  return {
    name,
    ...(klingApiKey === undefined ? { klingAccessKey, klingSecretKey } : { klingApiKey }),
    ...(base_url === undefined ? {} : { klingBaseUrl: base_url }),
    ...(parallel_videos === undefined ? {} : { klingParallelVideos: parallel_videos }),
  } as AccountEntry;
}

function isBaseUrl(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 10_000;
}

function getKey({ klingApiKey, klingAccessKey }: AccountEntry): string | undefined {
  return klingApiKey ?? klingAccessKey;
}
