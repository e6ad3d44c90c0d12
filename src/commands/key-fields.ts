import { type Option, type OptionValues, UsageError } from '../../cli/index.ts';
import { type KeyChange, type Role, roles } from '../accounts/index.ts';
import { parseIsoTime } from '../lib/parse-iso-time.ts';
import { listModels } from '../models/index.ts';
import { parseCreditsOption } from './parse-credits-option.ts';

/** The options of a key's limits, for making one and for changing one. */
export const keyFieldOptions: Readonly<Record<string, Option>> = {
  role: {
    type: 'string',
    describe: 'caller, manager or admin: what it may do beside making things',
    check: parseRole,
  },
  'total-limit': {
    type: 'string',
    describe: 'credits the key may spend in all',
    check: (text) => readLimit('total-limit', text),
  },
  'daily-limit': {
    type: 'string',
    describe: 'credits the key may spend in a day (UTC)',
    check: (text) => readLimit('daily-limit', text),
  },
  models: {
    type: 'string',
    describe: 'models the key may use, comma-separated',
    check: parseModels,
  },
  expires: {
    type: 'string',
    describe: 'end of its life as an ISO 8601 time',
    check: readTime,
  },
};

/** What these options say; `none` takes a limit away. Throws `UsageError`. */
export function readKeyFields(values: OptionValues): Omit<KeyChange, 'name'> {
  const read = <T>(name: string, reader: (text: string) => T) => {
    const text = values[name] as string | undefined;
    return text === undefined ? undefined : reader(text);
  };
  return {
    role: read('role', parseRole),
    allowed_models: read('models', parseModels),
    total_limit_microcredits: read('total-limit', (text) => readLimit('total-limit', text)),
    daily_limit_microcredits: read('daily-limit', (text) => readLimit('daily-limit', text)),
    expires_at: read('expires', readTime),
  };
}

function parseRole(text: string): Role {
  const role = roles.find((one) => one === text);
  if (role === undefined) throw new UsageError(`--role must be one of ${roles.join(', ')}, is '${text}'`);
  return role;
}

/** The word that takes a limit away. */
const none = 'none';

function readLimit(option: string, text: string): number | null {
  return text === none ? null : parseCreditsOption(option, text);
}

/** A key for a model that nobody knows would be refused everything, and nobody would see why. */
function parseModels(text: string): string[] | null {
  if (text === none) return null;
  const names = text.split(',').map((name) => name.trim());
  const known = listModels().map(({ id }) => id);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`--models must be of ${known.join(', ')}; is '${unknown}'`);
  return names;
}

function readTime(text: string): Date | null {
  if (text === none) return null;
  const time = parseIsoTime(text);
  if (time !== null) return time;
  throw new UsageError(`--expires must be a time like 2027-01-31T12:00:00Z, is '${text}'`);
}
