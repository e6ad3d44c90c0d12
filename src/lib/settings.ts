/**
 * Settings: each room declares its own section as data; `config.ts` joins them and reads the environment once.
 * A setting knows its variable, its unit and range (in `describe`), its default and how to read text.
 */
export interface Setting<T> {
  env: string;
  /** What an operator reads in `.env.example`: unit, range, effect. */
  describe: string;
  fallback: T;
  /** Text to value; throws an Error whose message is the rule that was broken. */
  parse(text: string): T;
  /** The default as it is written in `.env.example`. */
  show(value: T): string;
  /** Never printed when set. */
  secret?: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: a section mixes settings of every type
export type Section = Record<string, Setting<any>>;
export type SectionValues<S extends Section> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** A setting that is any text. */
export function textSetting(env: string, fallback: string, describe: string): Setting<string> {
  return { env, describe, fallback, parse: (text) => text, show: (value) => value };
}

/** A setting without default. A `secret` one is never shown. */
export function optionalTextSetting(
  env: string,
  describe: string,
  options: { secret?: boolean; parse?(text: string): string } = {},
): Setting<string | undefined> {
  return { env, describe, fallback: undefined, parse: (text) => text, show: () => '', ...options };
}

/** A whole number within `range`, both ends included. */
export function integerSetting(
  env: string,
  fallback: number,
  range: { min: number; max: number },
  describe: string,
): Setting<number> {
  return {
    env,
    describe: `${describe} (${range.min} to ${range.max})`,
    fallback,
    parse(text) {
      const value = Number(text);
      if (!/^-?\d+$/.test(text) || value < range.min || value > range.max) {
        throw new Error(`must be a whole number from ${range.min} to ${range.max}, is '${text}'`);
      }
      return value;
    },
    show: String,
  };
}

/** A plain decimal within `range`, both ends included; no exponent. */
export function decimalSetting(
  env: string,
  fallback: number,
  range: { min: number; max: number },
  describe: string,
): Setting<number> {
  return {
    env,
    describe: `${describe} (${range.min} to ${range.max})`,
    fallback,
    parse(text) {
      const value = Number(text);
      if (!/^-?\d+(\.\d+)?$/.test(text) || value < range.min || value > range.max) {
        throw new Error(`must be a number from ${range.min} to ${range.max}, is '${text}'`);
      }
      return value;
    },
    show: String,
  };
}

/** One of the words of `choices`. */
export function choiceSetting<const T extends string>(
  env: string,
  fallback: NoInfer<T>,
  choices: readonly T[],
  describe: string,
): Setting<T> {
  return {
    env,
    describe: `${describe} (${choices.join(' | ')})`,
    fallback,
    parse(text) {
      const choice = choices.find((one) => one === text);
      if (choice === undefined) throw new Error(`must be one of ${choices.join(', ')}, is '${text}'`);
      return choice;
    },
    show: (value) => value,
  };
}

/** A comma-separated list; `parseItem` throws an Error with the rule for a bad item. */
export function listSetting<T>(env: string, describe: string, parseItem: (text: string) => T): Setting<readonly T[]> {
  return {
    env,
    describe,
    fallback: [],
    parse: (text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '')
        .map(parseItem),
    show: () => '',
  };
}

export interface SettingMistake {
  env: string;
  rule: string;
}

/**
 * Reads every setting of `section` from `environment`. An unset or empty variable means the default. Mistakes are
 * collected, not thrown, so that all of them can be reported at once.
 */
export function parseSection<S extends Section>(
  section: S,
  environment: Readonly<Record<string, string | undefined>>,
  mistakes: SettingMistake[],
): SectionValues<S> {
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(section)) {
    const text = environment[setting.env]?.trim();
    try {
      values[name] = text === undefined || text === '' ? setting.fallback : setting.parse(text);
    } catch (error) {
      mistakes.push({ env: setting.env, rule: (error as Error).message });
    }
  }
  return values as SectionValues<S>;
}
