/** Enough for all that goes wrong at the same time; more are forgotten together, and told again. */
const messagesMax = 100;

/**
 * Passes an error on, but one that says the same as another less than `everyMs` milliseconds ago: what goes on going wrong is one
 * piece of news. `repeated` counts those that were kept back since that message was passed on last.
 */
export function createQuietNote(
  everyMs: number,
  tell: (error: Error, repeated: number) => void,
  now: () => number = () => performance.now(),
): (error: Error) => void {
  const told = new Map<string, { at: number; repeated: number }>();
  return (error) => {
    const last = told.get(error.message);
    if (last !== undefined && now() - last.at < everyMs) {
      last.repeated += 1;
      return;
    }
    if (told.size >= messagesMax) told.clear();
    told.set(error.message, { at: now(), repeated: 0 });
    tell(error, last?.repeated ?? 0);
  };
}
