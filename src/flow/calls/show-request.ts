import { getModel, type WrittenSource, writeRequestBody } from '../../models/index.ts';
import type { Task } from '../../tasks/index.ts';
import { type AcceptedSource, readAcceptedRequest } from '../accepted-request.ts';
import { fileIdOfKey } from '../storage/file-keys.ts';
import { filesPrefix } from '../storage/stored-prefixes.ts';
import { requestForgotten } from './errors.ts';

/** What a task was asked for, as a body that asks for the same. */
export interface TaskRequest {
  task_id: string;
  request: Record<string, unknown>;
  /** Paths where pictures stood in the request itself, which are null now: they aren't kept for this. */
  left_out: string[];
}

/**
 * The body of a task's request in the documented form of its model, with defaults filled in. Stored files are named by their ids.
 * Throws 410 `request_forgotten` of one that was.
 */
export function showRequest(task: Task): TaskRequest {
  if (task.request_forgotten_at !== null) throw requestForgotten(task.request_forgotten_at);
  const accepted = readAcceptedRequest(task);
  const sources = accepted.sources.map((source) => ({ ...source, text: writeSource(source) }));
  const request = {
    ...writeRequestBody(getModel(task.model), { ...accepted, sources }),
    ...(task.callback_url === null ? {} : { callback_url: task.callback_url }),
    ...(task.dry_run ? { dry_run: true } : {}),
  };
  return { task_id: task.id, request, left_out: sources.filter(({ text }) => text === null).map(({ param }) => param) };
}

function writeSource(source: AcceptedSource): WrittenSource['text'] {
  if ('url' in source) return source.url;
  return source.storage_key.startsWith(filesPrefix) ? `file:${fileIdOfKey(source.storage_key)}` : null;
}
