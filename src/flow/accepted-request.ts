import type {
  ElementRequest,
  ImageRequest,
  MediaRole,
  ModelRequest,
  Settlement,
  VideoRequest,
} from '../models/index.ts';
import type { Task } from '../tasks/index.ts';

/** A request as it is kept with its task: checked, with inline pictures replaced by the keys of their stored copies. */
export type AcceptedRequest = AcceptedElement | AcceptedVideo | AcceptedImages;

interface Accepted {
  /** Name of the engine that the task was given to. */
  engine: string;
  sources: readonly AcceptedSource[];
  /** Of a dry run: what the real request would do. */
  would?: { reserve_microcredits: number };
}

export type AcceptedElement = Omit<ElementRequest, 'sources'> & Accepted;

export type AcceptedImages = Omit<ImageRequest, 'sources'> & Accepted;

export type AcceptedVideo = Omit<VideoRequest, 'sources'> &
  Accepted & {
    /** Of prices by the second. Tasks of before 2026-11-27 have it only where the length of what is made isn't known before. */
    settlement?: Settlement;
  };

export type AcceptedSource = { role: MediaRole /** Path of the request field. */; param: string } & (
  | { url: string }
  | { storage_key: string }
);

/** What was settled when the request was accepted. */
export type AcceptedExtras = Pick<AcceptedVideo, 'engine' | 'settlement' | 'would'>;

/** The request as it is to be kept: with its sources as they are stored, and what was settled when it was accepted. */
export function createAcceptedRequest(
  request: ModelRequest,
  sources: readonly AcceptedSource[],
  { engine, settlement, would }: AcceptedExtras,
): AcceptedRequest {
  const accepted = { sources, engine, ...(would === undefined ? {} : { would }) };
  if (request.kind !== 'video') return { ...request, ...accepted };
  return { ...request, ...accepted, ...(settlement === undefined ? {} : { settlement }) };
}

/** The request of a stored task. Only `createAcceptedRequest` writes that column, so it is believed. */
export function readAcceptedRequest({ request }: Pick<Task, 'request'>): AcceptedRequest {
  return request as AcceptedRequest;
}

/**
 * The same request without what its caller wrote or gave: prompts, names, addresses, files. What shows a task, and what says which
 * elements it used, stays; a field that is new here is forgotten until it's named.
 */
export function forgetInputs(request: AcceptedRequest): AcceptedRequest {
  const kept = Object.fromEntries(Object.entries(request).filter(([name]) => keptFields.has(name)));
  const empty = {
    element: { element_name: '', element_description: '' },
    image: { prompt: '' },
    video: { prompt: '', shots: [] },
  };
  return { ...kept, ...empty[request.kind], sources: [] } as unknown as AcceptedRequest;
}

const keptFields: ReadonlySet<string> = new Set([
  'kind',
  'engine',
  'settlement',
  'would',
  'reference_type',
  'duration_seconds',
  'aspect_ratio',
  'quality',
  'sound',
  'keep_original_sound',
  'shot_type',
  'character_orientation',
  'watermark',
  'count',
  'elements',
]);

/** As `readAcceptedRequest`, for a task that can only be of this kind; throws an Error for any other. */
export function readRequestOfKind<K extends AcceptedRequest['kind']>(
  task: Pick<Task, 'id' | 'request'>,
  kind: K,
): Extract<AcceptedRequest, { kind: K }> {
  const request = readAcceptedRequest(task);
  if (request.kind !== kind) throw new Error(`task ${task.id} asks for no ${kind}`);
  return request as Extract<AcceptedRequest, { kind: K }>;
}
