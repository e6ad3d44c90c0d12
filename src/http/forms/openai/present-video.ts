import type { Static } from 'typebox';
import { type Context, readAcceptedRequest, showTask } from '../../../flow/index.ts';
import type { Task } from '../../../tasks/index.ts';
import { renameFieldsIn } from '../../rename-fields.ts';
import { fieldNames } from './field-names.ts';
import type { Video } from './schema.ts';
import { nameSize } from './sizes.ts';

const statuses = {
  pending: 'queued',
  processing: 'in_progress',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'failed',
} as const;

/** A task that makes a video, whichever form it was asked for in, as the videos form shows it. */
export async function presentVideo(context: Context, task: Task): Promise<Static<typeof Video>> {
  const shown = await showTask(context, task);
  const request = readAcceptedRequest(task);
  const { expires_at = null } = (shown.result_data ?? {}) as { expires_at?: number };
  const { error, status } = shown;
  return {
    id: task.id,
    object: 'video',
    model: task.model,
    status: statuses[status],
    progress: shown.progress,
    created_at: shown.created,
    completed_at: status === 'completed' && task.finished_at ? Math.floor(task.finished_at.getTime() / 1000) : null,
    expires_at,
    seconds: String(shown.task_info.video_duration ?? ''),
    size: request.kind === 'video' ? nameSize(request.quality, request.aspect_ratio) : '',
    prompt: request.kind === 'video' && request.prompt !== '' ? request.prompt : null,
    remixed_from_video_id: null,
    error: error === undefined ? null : { code: error.code, message: renameFieldsIn(error.message, fieldNames) },
    ...(task.dry_run ? { dry_run: true as const } : {}),
  };
}
