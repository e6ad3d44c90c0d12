import { once } from 'node:events';
import { keepText, runTroupe, type TroupePlace } from './run-troupe.ts';

/** A new key of the account `demo`, with credits for what follows: the command that an operator would use. */
export async function createKey({ signal, ...place }: TroupePlace & { signal: AbortSignal }): Promise<string> {
  const words = ['keys', 'create', '--account', 'demo', '--name', 'demo', '--credits', '200', '--json'];
  const child = runTroupe(place, words);
  const output = keepText(child.stdout);
  const log = keepText(child.stderr);
  const [code] = await once(child, 'close', { signal });
  if (code !== 0) throw new Error(`the command 'keys create' ended with code ${code}:\n${log.text}`);
  return (JSON.parse(output.text) as { key: string }).key;
}
