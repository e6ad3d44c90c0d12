import { absentCode, invalidValueCode } from '../api/codes.ts';
import type { KlingClient } from '../api/create-kling-client.ts';
import { deleteVoicePath, presetVoicesPath, voicesPath } from '../api/endpoints.ts';
import { type KlingVoice, readTaskAnswer } from '../api/read-answer.ts';
import { KlingNoAnswer, KlingRefusal } from '../api/refusal.ts';
import { absentAtKling, klingRefuses } from '../errors.ts';

/** The vendor's bounds on lists of voices. */
const pageSizeMax = 1000;
const pagesMax = 1000;

/** The account's own voices, or the vendor's. */
export async function* listKlingVoices(
  client: KlingClient,
  whose: 'own' | 'presets',
  signal?: AbortSignal,
): AsyncGenerator<KlingVoice> {
  const path = whose === 'own' ? voicesPath : presetVoicesPath;
  for (let page = 1; page <= pagesMax; page += 1) {
    const { data } = await client.call(`${path}?pageNum=${page}&pageSize=${pageSizeMax}`, {
      ...(signal === undefined ? {} : { signal }),
    });
    const tasks = Array.isArray(data) ? data : [];
    for (const task of tasks) yield* readTaskAnswer(task)?.voices ?? [];
    if (tasks.length < pageSizeMax) return;
  }
}

/**
 * Asks for a voice to be made of a recording: MP3, WAV, MP4 or MOV of 5 to 30 s with one clean voice, at an address the
 * vendor can fetch. Answers the id of the upstream's task; where its answer got lost, `externalTaskId`, by which the task
 * is found as well if there is one: it is charged for, so it is never asked for twice.
 */
export async function createKlingVoice(
  client: KlingClient,
  voice: { name: string; url: string; externalTaskId: string },
): Promise<string> {
  const body = { voice_name: voice.name, voice_url: voice.url, external_task_id: voice.externalTaskId };
  try {
    const { data } = await client.call(voicesPath, { body });
    return readTaskAnswer(data)?.task_id ?? voice.externalTaskId;
  } catch (error) {
    const mayExist = error instanceof KlingNoAnswer ? error.sent : (error as KlingRefusal).kind === 'transient';
    if (mayExist) return voice.externalTaskId;
    throw error;
  }
}

/** A voice that is being made: the voice once it is there, null before. Throws 400 `invalid_request` with the upstream's words if it failed. */
export async function findCreatedVoice(client: KlingClient, taskId: string): Promise<KlingVoice | null> {
  const task = readTaskAnswer((await client.call(`${voicesPath}/${encodeURIComponent(taskId)}`)).data);
  if (task?.status === 'failed') throw klingRefuses('voice_url', `the Kling API made no voice of it: ${task.message}`);
  return task?.status === 'succeeded' ? (task.voices[0] ?? null) : null;
}

/** Throws 404 `resource_not_found` when the account has no such voice. */
export async function deleteKlingVoice(client: KlingClient, voiceId: string): Promise<void> {
  try {
    await client.call(deleteVoicePath, { body: { voice_id: voiceId } });
  } catch (error) {
    const isUnknown = error instanceof KlingRefusal && (error.code === invalidValueCode || error.code === absentCode);
    throw isUnknown ? absentAtKling('voice', voiceId) : error;
  }
}
