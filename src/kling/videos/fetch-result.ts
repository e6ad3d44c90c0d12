import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResumedOrder, VideoDraft } from '../../engines/index.ts';
import type { ClipHeader } from '../../media/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import type { TaskAnswer } from '../api/read-answer.ts';
import { resultElse } from '../errors.ts';
import type { KlingTask } from '../tasks/queries.ts';
import { compareResult } from './compare-result.ts';
import { downloadMs, type ResultTools, withFreshLinks } from './with-fresh-links.ts';

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
  const choose = ({ videos: [video] }: TaskAnswer) =>
    spec.watermark ? (video?.watermark_url ?? video?.url) : video?.url;
  const { task, made } = await withFreshLinks(
    session,
    done,
    { what: 'a video', list: (answer) => [choose(answer) ?? []].flat(), signal },
    async ([url = '']) => {
      const bytesMax = session.limits.resultBytesMax;
      const { sha256 } = await download(url, { path, bytesMax, timeoutMs: downloadMs, signal });
      const { size: bytes } = await stat(path);
      return { sha256, bytes, facts: await inspectVideo(media, path, bytes, signal) };
    },
  );
  const { sha256, bytes, facts } = made;
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
