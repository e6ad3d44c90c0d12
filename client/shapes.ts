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
/** Body of a request for pictures, as documented for its model. */
export type ImageRequest =
  | Schemas['kling-image-o1']
  | Schemas['kling-image-o3']
  | Schemas['kling-image-v3']
  | Schemas['kling-image-angles'];
/** A task with all that is known of it. */
export type Task = Schemas['Task'];
/** A task as a list shows it. */
export type TaskLine = Schemas['TaskLine'];
/** `result_data` of a finished task that made an element. */
export type ElementResult = Schemas['ElementResult'];
/** `result_data` of a finished task that made a video. */
export type VideoResult = Schemas['VideoResult'];
/** `result_data` of a finished task that made pictures. */
export type ImageResult = Schemas['ImageResult'];
/** `result_data` of a finished dry run. */
export type DryRunResult = Schemas['DryRunResult'];
/** The key's and its account's credits, decimal numbers. */
export type Credits = Schemas['Credits'];
/** A key without its text, with its limits and its use in credits. */
export type Key = Schemas['Key'];
/** An account with its credits. */
export type Account = Schemas['Account'];
/** What is missing or wrong at a server. */
export type Diagnosis = Schemas['Diagnosis'];
/** What a replay of the ledger found. */
export type LedgerCheck = Schemas['LedgerCheck'];
/** An element of the vendor's own. */
export type PresetElement = Schemas['PresetElement'];
/** A voice that may be bound to elements. */
export type Voice = Schemas['Voice'];
/** What became of a voice that was ordered. */
export type OrderedVoice = Schemas['OrderedVoice'];
/** One line of the ledger. */
export type Transfer = Schemas['Transfer'];
/** Tasks and credits of one group, by what was asked for in `group_by`. */
export type UsageLine = Schemas['UsageLine'];
/** A model of the catalogue with its prices in credits. */
export type Model = Schemas['Model'];
/** What decides the price of a request. */
export type EstimateRequest = Schemas['EstimateRequest'];
/** What a request would cost. */
export type Estimate = Schemas['Estimate'];
/** The public list of models. */
export type CatalogModels = Schemas['CatalogModels'];
/** The public list of prices. */
export type CatalogPrices = Schemas['CatalogPrices'];
/** What the server knows of its account at the Kling API. */
export type KlingStatus = Schemas['KlingStatus'];
/** What a look at that account found. */
export type KlingCheck = Schemas['KlingCheck'];
/** A file that is kept for the account. */
export type StoredFile = Schemas['StoredFile'];
/** What the account may still keep. */
export type FileQuota = Schemas['FileQuota'];

/** One attempt to deliver a task's callback. */
export type CallbackAttempt = Schemas['CallbackAttempt'];
/** What came of a test callback. */
export type CallbackTest = Schemas['CallbackTest'];
/** What an account's callbacks are signed with, and until when. */
export type CallbackSecret = Schemas['CallbackSecret'];
/** What a task was asked for. */
export type TaskRequest = Schemas['TaskRequest'];
/** A callback whose attempts have all failed. */
export type GivenUpCallback = Schemas['GivenUpCallback'];
/** What became of a task's callback, with its attempts. */
export type TaskCallbacks = Schemas['TaskCallbacks'];

/** An element as a list shows it. */
export type ElementLine = Schemas['ElementLine'];
/** An element with its files, facts and report. */
export type ElementDetails = Schemas['ElementDetails'];

/** The cut-out of one picture of an element. */
export type Cutout = Schemas['Cutout'];
/** Strokes and an alpha that mend a cut-out. */
export type Mending = Schemas['Mending'];
/** An element made of an archive. */
export type ImportedElement = Schemas['ImportedElement'];
/** What may be changed of an element, at least one of them. */
export type ElementChange = Schemas['ElementEdit'];

/** A page of the account's elements, newest first. */
export interface ElementPage {
  data: ElementLine[];
  /** Of all pages. */
  total: number;
  page: number;
  page_size: number;
  next_cursor: string | null;
}

/** A page of the account's tasks, newest first. */
export interface TaskPage {
  data: TaskLine[];
  /** Of all pages. */
  total: number;
  page: number;
  page_size: number;
  next_cursor: string | null;
}

/** A page of the account's files. */
export interface FilePage {
  files: StoredFile[];
  /** Of all pages; only of a numbered page. */
  total?: number;
  next_cursor: string | null;
}
