import type { VideoTools } from './child/jobs/find-video-tools.ts';
import { createPool } from './child/pool/create-pool.ts';
import { runMediaJob } from './child/run-media-job.ts';
import { chooseLimits } from './choose-limits.ts';
import type { MediaSettings } from './config.ts';
import { findVersions } from './encoder-choice/find-versions.ts';
import { loadVerdict } from './encoder-choice/keep-verdict.ts';
import { describeVerdict } from './encoder-choice/verdict.ts';

/**
 * Names with versions of what reads and what writes video here, null where there is none; and in `choice` a sentence why it's
 * that encoder, where no setting names one and there are two. Looked for in a child process: node-av is native code, which this one never
 * loads. Throws a `ChildFailure` where what was looked for ends it.
 */
export async function findVideoTools(
  settings: MediaSettings,
  dataFolder: string,
): Promise<VideoTools & { choice: string | null }> {
  const isOpen = settings.ffmpeg === undefined && settings.videoEncoder === 'auto';
  const verdict = isOpen ? await loadVerdict(dataFolder) : null;
  const pool = createPool({ childCount: 1, idleMs: 0 });
  try {
    const wish = { ffmpeg: settings.ffmpeg, videoEncoder: settings.videoEncoder, quickerEncoder: verdict?.taken };
    const [tools, versions] = await Promise.all([
      runMediaJob(pool, 'find-video-tools', wish, chooseLimits(settings, [])),
      isOpen ? findVersions() : null,
    ]);
    if (versions === null) return { ...tools, choice: null };
    return { ...tools, choice: verdict === null ? notCompared : describeVerdict(verdict) };
  } finally {
    await pool.close();
  }
}

const notCompared = 'ffmpeg and node-av have not been compared yet: that is done after the first animatic';
