import type { Db } from '../../db/index.ts';
import { parseExactJson } from '../../lib/exact-json.ts';
import { readTaskAnswer } from '../api/read-answer.ts';
import { noteHint } from './queries.ts';

/**
 * Takes a callback as what it is, a hint: nothing it says is believed, the task it names is asked about soon. Lost,
 * repeated and forged ones change no outcome. Returns whether it names a task of ours.
 */
export async function noteCallback(db: Db, body: Uint8Array): Promise<boolean> {
  const task = readTaskAnswer(parseBody(body));
  return task === null ? false : await noteHint(db, task.task_id);
}

function parseBody(body: Uint8Array): unknown {
  try {
    return parseExactJson(Buffer.from(body).toString());
  } catch {
    return null;
  }
}
