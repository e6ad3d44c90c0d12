import { judgeProcessor } from '../media/index.ts';
import type { Check } from './schema.ts';

/** Whether it has the instructions that media work needs. */
export async function checkProcessor(): Promise<Omit<Check, 'part'>> {
  const lack = await judgeProcessor();
  if (lack === null) return { status: 'ok', message: 'has all that media work needs' };
  const [message = '', ...remedies] = lack.split(/(?<=\.) /);
  const status = message.includes('every element fails') ? 'broken' : 'warning';
  return { status, message: message.replace(/\.$/, ''), remedy: remedies.join(' ') };
}
