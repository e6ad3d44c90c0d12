export interface Bar {
  what: string;
  measured: string;
  bar: string;
  /** Null where the figure is only shown. */
  reached: boolean | null;
}

/** Prints figures beside their bars, and says by the exit code whether all were reached. */
export function printTable(title: string, bars: readonly Bar[]): void {
  const width = (pick: (bar: Bar) => string) => Math.max(...bars.map((bar) => pick(bar).length));
  const [what, measured] = [width((bar) => bar.what), width((bar) => bar.measured)];
  process.stdout.write(`\n${title}\n`);
  for (const bar of bars) {
    const verdict = bar.reached === null ? '' : bar.reached ? '  reached' : '  MISSED';
    process.stdout.write(`  ${bar.what.padEnd(what)}  ${bar.measured.padStart(measured)}  ${bar.bar}${verdict}\n`);
    if (bar.reached === false) process.exitCode = 1;
  }
}
