import type { Diagnosis } from '../client/index.ts';

/** One line for each part, with the remedy below where there is one. */
export function presentDiagnosis({ healthy, checks }: Diagnosis): string {
  const lines = checks.map(({ part, status, message, remedy }) => {
    const line = `${status.padEnd(8)} ${part.padEnd(11)} ${message.replaceAll('\n', `\n${' '.repeat(21)}`)}\n`;
    return remedy === undefined ? line : `${line}${' '.repeat(21)}→ ${remedy}\n`;
  });
  return `${lines.join('')}${healthy ? 'nothing is broken' : 'something is broken'}\n`;
}
