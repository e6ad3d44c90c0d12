/** A command as data: what it takes, and what it does with it. */
export interface Command {
  summary: string;
  /** Options `--name VALUE`; a `boolean` one takes no value. */
  options: Readonly<Record<string, Option>>;
  /** Runs to its end and returns the exit code. */
  run(values: OptionValues, environment: Readonly<Record<string, string | undefined>>): Promise<number>;
}

export interface Option {
  type: 'string' | 'boolean';
  required?: boolean;
  describe: string;
}

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;
