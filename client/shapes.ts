import type { components } from './types.ts';

type Schemas = components['schemas'];

/** Body of a request for an element, as documented in the API reference. */
export type ElementRequest = Schemas['kling-custom-element'];
/** Body of a request for a video, as documented for its model. */
export type VideoRequest =
  | Schemas['kling-o3-text-to-video']
  | Schemas['kling-o3-image-to-video']
  | Schemas['kling-o3-reference-to-video']
  | Schemas['kling-o3-video-edit']
  | Schemas['kling-v3-text-to-video']
  | Schemas['kling-v3-image-to-video']
  | Schemas['kling-v3-motion-control']
  | Schemas['kling-v3-turbo-text-to-video']
  | Schemas['kling-v3-turbo-image-to-video']
  | Schemas['kling-o1-image-to-video']
  | Schemas['kling-o1-video-edit']
  | Schemas['kling-o1-video-edit-fast'];
export type Task = Schemas['Task'];
export type TaskLine = Schemas['TaskLine'];
export type ElementResult = Schemas['ElementResult'];
export type VideoResult = Schemas['VideoResult'];
export type Credits = Schemas['Credits'];
export type Model = Schemas['Model'];

export type CallbackAttempt = Schemas['CallbackAttempt'];
export type CallbackTest = Schemas['CallbackTest'];
export type TaskCallbacks = Schemas['TaskCallbacks'];

export type ElementLine = Schemas['ElementLine'];
export type ElementDetails = Schemas['ElementDetails'];

export interface ElementPage {
  data: ElementLine[];
  /** Of all pages. */
  total: number;
  page: number;
  page_size: number;
  next_cursor: string | null;
}

export interface TaskPage {
  data: TaskLine[];
  /** Of all pages. */
  total: number;
  page: number;
  page_size: number;
  next_cursor: string | null;
}
