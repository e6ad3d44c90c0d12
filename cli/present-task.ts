import {
  type DryRunResult,
  type ElementResult,
  type ImageResult,
  parseDryRunResult,
  parseElementResult,
  parseImageResult,
  parseVideoResult,
  type Task,
} from '../client/index.ts';
import { nameTyped, type Typed } from './name-typed.ts';

/** A task in a few lines for people, ending with a line break; fields are named as they were `typed`. */
export function presentTask(task: Task, typed: Typed = {}): string {
  return `${nameTyped(describeTask(task).join('\n'), typed)}\n`;
}

function describeTask(task: Task): string[] {
  const seconds = task.duration === undefined ? '' : ` in ${task.duration.toFixed(1)} s`;
  const charged = task.usage.credits_used ?? 0;
  switch (task.status) {
    case 'completed':
      return [
        ...describeResult(task),
        `task        ${task.id}, completed${seconds}`,
        `charged     ${charged} credit(s)`,
      ];
    case 'failed':
    case 'cancelled':
      return [
        `task        ${task.id}, ${task.status}${seconds}`,
        `reason      ${task.error?.code}: ${task.error?.message}`,
        `charged     ${charged} credit(s)`,
      ];
    default:
      return [
        `task        ${task.id}, ${describeProgress(task)}`,
        `reserved    ${task.usage.credits_reserved ?? 0} credit(s)`,
        `expected    in about ${task.task_info.estimated_time ?? 0} s`,
      ];
  }
}

function describeResult(task: Task): string[] {
  const found = parseDryRunResult(task);
  if (found !== undefined) return describeDryRun(found);
  const video = parseVideoResult(task);
  if (video !== undefined) {
    const { video_url, duration, width, height, engine } = video;
    return [`video       ${video_url}`, `            ${duration} s, ${width} × ${height} px, engine ${engine}`];
  }
  const pictures = parseImageResult(task);
  if (pictures !== undefined) return describePictures(pictures);
  const made = parseElementResult(task);
  const [element] = made?.elements ?? [];
  return [
    `element_id  ${made?.element_id ?? ''}`,
    `element     ${element?.element_name ?? ''}, ${element?.element_description ?? ''}`,
    ...describeWarnings(made),
  ];
}

function describePictures({ images, engine, warnings }: ImageResult): string[] {
  return [
    ...images.map(({ url, width, height, set }) => {
      const ofSet = set === undefined ? '' : `, set ${set}`;
      return `picture     ${url}, ${width} × ${height} px${ofSet}`;
    }),
    `            engine ${engine}`,
    ...warnings.map(({ message }) => `warning     ${message}`),
  ];
}

function describeDryRun({ would_reserve_credits, estimated_seconds, report, preview }: DryRunResult): string[] {
  const warnings = report.filter(({ level }) => level === 'warning');
  return [
    `dry run     nothing was made; it would reserve ${would_reserve_credits} credit(s) and take about ${estimated_seconds} s`,
    ...warnings.map(({ message }) => `warning     ${message}`),
    ...(preview === undefined ? [] : [`sheet       ${preview.sheet_url}`]),
  ];
}

/** `processing, 45 %, views` */
export function describeProgress({ status, progress, task_info }: Task): string {
  const step = task_info.step === undefined ? '' : `, ${task_info.step}`;
  return status === 'pending' ? 'waiting' : `${status}, ${progress} %${step}`;
}

/** What should be better before a video is paid for; the report has those that found no room here. */
function describeWarnings(made: ElementResult | undefined): string[] {
  const { warnings = [], warning_count: count = 0 } = made ?? {};
  const more =
    count > warnings.length ? [`            … and ${count - warnings.length} more: troupe elements get`] : [];
  return [...warnings.map(({ message }) => `warning     ${message}`), ...more];
}
