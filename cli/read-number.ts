import { UsageError } from './arguments.ts';

/** The whole number behind an option, undefined when it isn't given. Throws `UsageError`. */
export function readNumber(name: string, text: string | boolean | string[] | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,7}$/.test(String(text))) throw new UsageError(`--${name} must be a whole number, is '${text}'`);
  return Number(text);
}
