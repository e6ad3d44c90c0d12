import type { ElementRequest, MediaRole, Settlement, VideoRequest } from '../models/index.ts';

/** A request as it is kept with its task: checked, with inline pictures replaced by the keys of their stored copies. */
export type AcceptedRequest = AcceptedElement | AcceptedVideo;

interface Accepted {
  /** Name of the engine that the task was given to. */
  engine: string;
  sources: readonly AcceptedSource[];
}

export type AcceptedElement = Omit<ElementRequest, 'sources'> & Accepted;

export type AcceptedVideo = Omit<VideoRequest, 'sources'> &
  Accepted & {
    /** Of models that are charged by the length of what was made. */
    settlement?: Settlement;
  };

export type AcceptedSource = { role: MediaRole /** Path of the request field. */; param: string } & (
  | { url: string }
  | { storage_key: string }
);
