import { findNearest } from '../cli/index.ts';
import { section as accounts } from './accounts/config.ts';
import { section as callbacks } from './callbacks/config.ts';
import { checkTogether } from './check-together.ts';
import { section as credits } from './credits/config.ts';
import { parseCredits, presentCredits } from './credits/index.ts';
import { parseDatabaseUrl } from './db/index.ts';
import { section as engines } from './engines/config.ts';
import { section as files } from './files/config.ts';
import { section as flow } from './flow/config.ts';
import { section as http } from './http/config.ts';
import { section as kling } from './kling/config.ts';
import { computeMarginPrices } from './kling/index.ts';
import { type NetworkOptions, type Proxies, parseProxies, section as safeFetch } from './lib/safe-fetch/index.ts';
import {
  choiceSetting,
  integerSetting,
  optionalTextSetting,
  parseSection,
  type Section,
  type SectionValues,
  type SettingMistake,
  textSetting,
} from './lib/settings.ts';
import { section as media } from './media/config.ts';
import { section as models } from './models/config.ts';
import { section as storage } from './storage/config.ts';
import { section as tracing } from './tracing/config.ts';
import { section as worker } from './worker/config.ts';

/** What belongs to no room: where things lie and how much the server says. */
const program = {
  dataFolder: textSetting(
    'TROUPE_DATA_DIR',
    '.troupe',
    'Folder of the embedded database, the stored files and work in progress',
  ),
  databaseUrl: optionalTextSetting(
    'DATABASE_URL',
    'PostgreSQL 15 or newer as postgres://user:password@host:port/name; without it the program runs its own in TROUPE_DATA_DIR',
    { secret: true, parse: parseDatabaseUrl },
  ),
  databaseDirectUrl: optionalTextSetting(
    'TROUPE_DATABASE_DIRECT_URL',
    'The same database past a pooler in transaction mode that DATABASE_URL names, for what must own a session',
    { secret: true, parse: parseDatabaseUrl },
  ),
  databaseConnectionsMax: integerSetting(
    'TROUPE_DATABASE_CONNECTIONS',
    24,
    { min: 4, max: 1000 },
    'Database connections that one process may hold',
  ),
  starterMicrocredits: {
    env: 'TROUPE_STARTER_CREDITS',
    describe: 'Credits of the key that the first start on an empty database makes and prints (at most 6 decimals)',
    // Any one video: the dearest, 15 s of 4k, is 405 credits.
    fallback: 1_000_000_000,
    parse: parseCredits,
    show: (microcredits: number) => String(presentCredits(microcredits)),
  },
  logLevel: choiceSetting(
    'TROUPE_LOG_LEVEL',
    'info',
    ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
    'Least level that is logged',
  ),
  failpoint: optionalTextSetting(
    'TROUPE_FAILPOINT',
    'For fault tests only: the named step, such as after-commit-of-accept, at which the process kills itself',
  ),
} satisfies Section;

/** Every section in the order of `.env.example`. */
export const sections = {
  http,
  program,
  flow,
  safeFetch,
  models,
  credits,
  accounts,
  callbacks,
  files,
  worker,
  engines,
  kling,
  media,
  storage,
  tracing,
} as const;

export type Config = SectionValues<typeof program> & {
  readonly [K in Exclude<keyof typeof sections, 'program'>]: SectionValues<(typeof sections)[K]>;
} & {
  /** With TROUPE_OUTBOUND_PROXY=environment. */
  readonly proxies?: Proxies;
};

/**
 * Reads the whole configuration from the environment, once. Throws one Error that lists every mistake, each with its
 * variable and rule, so that an operator mends them in one go.
 */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const mistakes: SettingMistake[] = [];
  const read = <S extends Section>(section: S) => parseSection(section, environment, mistakes);
  const config = {
    ...read(program),
    http: read(http),
    flow: read(flow),
    safeFetch: read(safeFetch),
    models: read(models),
    credits: read(credits),
    accounts: read(accounts),
    callbacks: read(callbacks),
    files: read(files),
    worker: read(worker),
    engines: read(engines),
    kling: read(kling),
    media: read(media),
    storage: read(storage),
    tracing: read(tracing),
  };
  const margin = readMargin(config, mistakes);
  const proxies = config.safeFetch.outboundProxy === 'environment' ? readProxies(environment, mistakes) : undefined;
  // What can't be read is told by itself.
  if (mistakes.length === 0) mistakes.push(...checkTogether(config));
  mistakes.push(...findMisspelt(environment));
  if (mistakes.length > 0) {
    const lines = mistakes.map(({ env, rule }) => `  ${env} ${rule}`);
    throw new SettingsError(`the configuration has ${mistakes.length} mistake(s):\n${lines.join('\n')}`);
  }
  return { ...config, models: { ...config.models, ...margin }, ...(proxies === undefined ? {} : { proxies }) };
}

/** The prices that follow from a margin on what the Kling API takes, in the place of those that are set. */
function readMargin(
  { kling: { klingMarginPercent, klingUnitMicrousd }, credits: { creditMicrousd } }: Pick<Config, 'kling' | 'credits'>,
  mistakes: SettingMistake[],
): Partial<Config['models']> {
  if (klingMarginPercent === undefined) return {};
  if (creditMicrousd !== undefined && creditMicrousd > 0n) {
    return computeMarginPrices(klingMarginPercent, klingUnitMicrousd, creditMicrousd);
  }
  const { env } = sections.kling.klingMarginPercent;
  mistakes.push({ env, rule: 'needs TROUPE_CREDIT_USD, what you charge for a credit' });
  return {};
}

function readProxies(environment: Parameters<typeof parseProxies>[0], mistakes: SettingMistake[]): Proxies | undefined {
  try {
    return parseProxies(environment);
  } catch (error) {
    const { env } = safeFetch.outboundProxy;
    mistakes.push({ env, rule: `is 'environment', but ${(error as Error).message}` });
    return undefined;
  }
}

/** What every way out of this program to addresses from outside has in common. */
export function chooseNetworkOptions({ safeFetch: settings, proxies }: Config): NetworkOptions {
  const { allowAddresses, fakeAddresses, userAgent } = settings;
  return { allowAddresses, fakeAddresses, userAgent, proxies };
}

/** The operator's settings can't be read; the command line ends with the code of wrong words for it. */
class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Variables that others read under the same prefix: the client, and what Kubernetes sets for a service named troupe. */
const foreign = /^TROUPE_(URL|API_KEY|BENCH_\w+|SERVICE_(HOST|PORT)(_\w+)?|PORT(_\d+_\w+)?)$/;

/** Names that begin like a setting and are none. */
export function listUnknownSettings(environment: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set(listNames());
  return Object.keys(environment).filter(
    (name) => name.startsWith('TROUPE_') && !foreign.test(name) && !known.has(name),
  );
}

/** A setting that is misspelt has no effect, which nobody would see. */
function findMisspelt(environment: Readonly<Record<string, string | undefined>>): SettingMistake[] {
  const names = new Map(listNames().map((name) => [withoutPrefix(name).toLowerCase(), name]));
  return listUnknownSettings(environment).flatMap((env) => {
    const nearest = findNearest(withoutPrefix(env), [...names.keys()]);
    return nearest === undefined ? [] : { env, rule: `is no setting; did you mean ${names.get(nearest)}?` };
  });
}

/** What all have in common would make any two of them alike. */
const withoutPrefix = (name: string) => name.replace(/^TROUPE_/, '');

const listNames = () => Object.values(sections).flatMap((section) => Object.values(section).map(({ env }) => env));
