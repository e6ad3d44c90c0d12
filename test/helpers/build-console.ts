import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { openPages } from '../../src/pages/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the console's pages before the tests: each server that one starts would else begin to, until it is stopped again. */
export async function setup(): Promise<void> {
  const pages = openPages({ root, packedFolder: `${root}none`, log: pino({ level: 'warn' }) });
  await pages.settled;
}
