import { UsageError } from '../../cli/index.ts';
import { parseCredits } from '../credits/index.ts';

/** The whole microcredits of `--option text`, at least 0. Throws `UsageError` with the option's name. */
export function parseCreditsOption(option: string, text: string): number {
  try {
    return parseCredits(text);
  } catch (error) {
    throw new UsageError(`--${option} ${(error as Error).message}`);
  }
}
