/** Aborts at the first Ctrl-C or SIGTERM, so that a command that runs until then ends in order; the second one kills. */
export function listenForInterrupt(): { signal: AbortSignal } {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  return { signal: stop.signal };
}
