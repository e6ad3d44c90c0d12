/** A command as data: what it takes, and what it does with it. Shared by the server's own commands in `src/commands`. */
export interface Command {
  summary: string;
  /** Names that it had before and still answers to; the help doesn't list them. */
  oldNames?: readonly string[];
  /** What `help NAME` says below the options: examples, traps. */
  more?: string;
  /** Words without a name, as the usage shows them: `FRONTAL REFERENCE…`. Without it none are taken. */
  positionals?: string;
  /** Options `--name VALUE`; a `boolean` one takes no value. */
  options: Readonly<Record<string, Option>>;
  /** Looks at all words together before anything is done. Throws `UsageError`; what options are wrong may be missing here. */
  check?(
    values: OptionValues,
    words: readonly string[],
    environment: Readonly<Record<string, string | undefined>>,
  ): void | Promise<void>;
  /** Runs to its end and returns the exit code. */
  run(
    values: OptionValues,
    environment: Readonly<Record<string, string | undefined>>,
    words: readonly string[],
  ): Promise<number>;
}

export interface Option {
  type: 'string' | 'boolean';
  /** One letter that stands for the name. */
  short?: string;
  required?: boolean;
  /** Given any number of times; its value is the list of them. */
  multiple?: boolean;
  /** Throws `UsageError` for a value that breaks its rule, so that all mistakes of a command are told at once. */
  check?(text: string, at: number): unknown;
  describe: string;
}

export type OptionValues = Readonly<Record<string, string | boolean | string[] | undefined>>;

export type Commands = Readonly<Record<string, Command>>;
