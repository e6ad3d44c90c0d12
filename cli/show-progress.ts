import type { Task } from '../client/index.ts';
import { describeProgress } from './present-task.ts';

/** What progress is written to: standard error, or whatever stands in for it. */
export interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Characters of the bar. */
const width = 24;

/**
 * Shows a task's way: on a terminal one line that is drawn over and wiped at the end, elsewhere one plain line for each
 * change, so that a log stays readable.
 */
export function showProgress(terminal: Terminal): { move(task: Task): void; end(): void } {
  let shown = '';
  return {
    move(task) {
      const text = describeProgress(task);
      if (text === shown) return;
      shown = text;
      terminal.write(terminal.isTTY ? `\r\x1b[K${drawBar(task.progress)} ${text}` : `${text}\n`);
    },
    end() {
      if (terminal.isTTY && shown !== '') terminal.write('\r\x1b[K');
    },
  };
}

function drawBar(percent: number): string {
  const full = Math.round((percent / 100) * width);
  return `[${'='.repeat(full)}${' '.repeat(width - full)}]`;
}
