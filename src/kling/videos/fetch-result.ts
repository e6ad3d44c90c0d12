import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResumedOrder, VideoDraft } from '../../engines/index.ts';
import { AppError } from '../../lib/errors.ts';
import type { Network } from '../../lib/safe-fetch/index.ts';
import type { ClipHeader, Media } from '../../media/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { pause } from '../account/polling-intervals.ts';
import { readWholeAnswer, type TaskAnswer } from '../api/read-answer.ts';
import { noResult, resultElse, resultUnusable } from '../errors.ts';
import { lookUpTask } from '../tasks/look-up-task.ts';
import { getKlingTask, type KlingTask } from '../tasks/queries.ts';
import { compareResult } from './compare-result.ts';

export interface ResultTools {
  media: Pick<Media, 'inspect'>;
  download: Network['download'];
}

/** Downloads that are tried in one call, each with the link of a fresh look. */
const attemptsMax = 3;

/** Milliseconds for one download. */
const downloadMs = 600_000;

/** Milliseconds after which a result whose fresh links are all refused stays so; a day for whom a proxy or a region keeps out. */
const refusedMs = 86_400_000;

/**
 * Fetches the video of a task that has succeeded into the work folder, at once, since its link doesn't last, and reads
 * what its header tells. Throws `service_error`, retryable when it can't be had for now, and for good when it is far from
 * what was asked for; `generation_failed_no_content` when there is none.
 */
export async function fetchResult(
  session: KlingSession,
  done: KlingTask,
  { spec, sources, workFolder }: ResumedOrder,
  { media, download }: ResultTools,
  signal: AbortSignal,
): Promise<VideoDraft> {
  const path = join(workFolder, 'upstream-result.mp4');
  const { task, sha256, bytes, facts } = await downloadVideo(session, done, spec.watermark, {
    path,
    download,
    media,
    signal,
  });
  const { fault, lesser } = compareResult({ spec, sources }, facts);
  if (fault !== null) {
    session.log.error(
      { upstream_task_id: task.task_id, subject: done.subject, fault },
      'the Kling API made another video than was asked for',
    );
    throw resultElse(fault, task.task_id);
  }
  return {
    file: { path, media_type: 'video/mp4', bytes, sha256 },
    duration_seconds: facts.duration_seconds,
    width_px: facts.width_px,
    height_px: facts.height_px,
    frame_rate: facts.frame_rate,
    has_sound: facts.sound_track !== null,
    ...(lesser === null ? {} : { lesser }),
    details: {
      upstream_task_id: task.task_id,
      upstream_request_ids: done.request_ids,
      ...(task.final_unit_deduction === null ? {} : { final_unit_deduction: task.final_unit_deduction }),
    },
  };
}

async function downloadVideo(
  session: KlingSession,
  done: KlingTask,
  watermark: boolean,
  { path, download, media, signal }: ResultTools & { path: string; signal: AbortSignal },
): Promise<{ task: TaskAnswer; sha256: string; bytes: number; facts: ClipHeader }> {
  for (let attempt = 1, row = done; ; attempt += 1) {
    const task = readWholeAnswer(row.last_answer);
    const video = task?.videos[0];
    if (task === null || video === undefined) throw noResult('a video');
    const url = watermark ? (video.watermark_url ?? video.url) : video.url;
    try {
      const bytesMax = session.limits.resultBytesMax;
      const { sha256 } = await download(url, { path, bytesMax, timeoutMs: downloadMs, signal });
      const { size: bytes } = await stat(path);
      return { task, sha256, bytes, facts: await inspectVideo(media, path, bytes, signal) };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      if (attempt === attemptsMax) throw resultUnusable(error.message, error, mayMend(error, row));
    }
    // The link may have run out: asking again brings a fresh one.
    await pause(session.intervals.lookUpMs[attempt - 1] ?? 0, signal);
    await lookUpTask(session, row, signal);
    row = await getKlingTask(session.db, row.external_task_id);
  }
}

/**
 * Whether a later attempt may have it: a line that breaks, or a link that isn't good yet. What is too large, no video, or at an
 * address that this server doesn't go to stays so.
 */
function mayMend({ code, retryable }: AppError, { ended_ago_ms }: KlingTask): boolean {
  return retryable || ((code as string) === 'bad_status' && (ended_ago_ms ?? 0) < refusedMs);
}

/** The rule is ours and the file the upstream's: nothing the caller could mend. */
async function inspectVideo(
  media: ResultTools['media'],
  path: string,
  bytes: number,
  signal: AbortSignal,
): Promise<ClipHeader> {
  const clip_rules = { formats: ['mp4', 'mov'] as const, bytesMax: Number.MAX_SAFE_INTEGER };
  const [facts] = await media.inspect([{ kind: 'clip', param: 'the video', path, bytes, clip_rules }], { signal });
  return facts as ClipHeader;
}
