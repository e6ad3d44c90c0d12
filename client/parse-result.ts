import type { DryRunResult, ElementResult, ImageResult, Task, VideoResult } from './shapes.ts';

/** What a completed element task has made; undefined of any other task. */
export function parseElementResult(task: Task): ElementResult | undefined {
  const found = task.result_data as { element_id?: unknown } | undefined;
  return typeof found?.element_id === 'string' ? (found as ElementResult) : undefined;
}

/** What a completed video task has made; undefined of any other task. */
export function parseVideoResult(task: Task): VideoResult | undefined {
  const found = task.result_data as { video_url?: unknown } | undefined;
  return typeof found?.video_url === 'string' ? (found as VideoResult) : undefined;
}

/** What a completed task for pictures has made; undefined of any other task. */
export function parseImageResult(task: Task): ImageResult | undefined {
  const found = task.result_data as { images?: unknown } | undefined;
  return Array.isArray(found?.images) ? (found as ImageResult) : undefined;
}

/** What a completed dry run has found; undefined of any other task. */
export function parseDryRunResult(task: Task): DryRunResult | undefined {
  return task.dry_run === true && task.status === 'completed' ? (task.result_data as DryRunResult) : undefined;
}
