import type {
  ElementFile,
  ElementManifest,
  FileRole,
  Media,
  MediaSource,
  QualityFinding,
  SourceRole,
} from '../media/index.ts';

/** One element to build. */
export interface ElementOrder {
  /** The same in every attempt: work that was begun elsewhere is found again by it. Absent without a server. */
  task_id?: string;
  /** What the caller calls it; engines elsewhere want to know. Absent without a server. */
  name?: string;
  description?: string;
  /** The voice the caller binds to it. */
  voice_id?: string;
  /** Ids of the Kling API's categories, for engines elsewhere that know them. */
  tags?: readonly string[];
  reference_type: 'image_refer' | 'video_refer';
  /** The frontal image first, then the references in order; or the one clip. */
  sources: readonly ElementSource[];
  /** A fresh folder of this attempt, which exists; the files of the draft are written into it. */
  workFolder: string;
  /** The draft is all that is wanted: nobody elsewhere is called. */
  dry_run?: boolean;
}

/** A fetched file: its place in the request (`param` begins every message about it), its path and size. */
export type ElementSource = MediaSource;

/** What the flow gives an engine for one piece of work. */
export interface EngineTools {
  signal: AbortSignal;
  /** `fraction` runs from 0 to 1 and never back; `step` is for logs. */
  onProgress(fraction: number, step: string): void;
  /** From now on the work only waits for a service elsewhere, or does so no longer: meanwhile others may take its place here. */
  onIdle?: ((isIdle: boolean) => void) | undefined;
  /** Absent where nobody could fetch it. */
  publish?: Publish;
}

/**
 * Makes a file fetchable by others for the next hours under a link that can't be guessed, and answers the absolute URL.
 * The copy is removed when the task has ended; `until` names something else by whose end it is removed
 * ({@link VideoTools.withdraw}), for what several tasks need. Throws 503 `service_unavailable` when this server has no
 * address that others can reach.
 */
export type Publish = (path: string, mediaType: string, until?: string) => Promise<string>;

/** What may be asked of an element before it is paid for. */
interface ElementPrecheck extends Pick<ElementOrder, 'reference_type'> {
  /** Whose it will be. */
  account_id: number;
  /** The field of the first source. */
  param: string;
  voice?: { voice_id: string; param: string };
  /** Nobody elsewhere is asked: what isn't known here is taken to be right. */
  dry_run?: boolean;
}

/** What its maker says of an element that exists elsewhere. */
export interface ElementFacts extends Pick<ElementOrder, 'reference_type'> {
  name: string;
  description: string;
  voice_id: string | null;
  tags: readonly string[];
}

/** A built element before it belongs to anybody. */
export interface ElementDraft {
  files: readonly DraftFile[];
  /** Becomes `element.json`; its `files` are those of the draft without their paths. */
  manifest: ElementManifest;
  summary: ElementSummary;
  /** The same subject where it exists elsewhere, under the id of that service; recorded with the element. */
  upstream?: { credential: string; upstream_element_id: string };
}

type DraftFile = ElementFile & { path: string };

/** The compact part for `result_data`: at most 4,096 bytes as JSON. */
export interface ElementSummary extends Pick<ElementManifest, 'frontal_image' | 'colors' | 'placeholder_hash'> {
  /** In the order of the request. Of a clip: the confidence of its frontal frame, and the least score of its frames. */
  sources: { role: SourceRole; matte_confidence: number; same_subject: number | null }[];
  /** Those of the report that find room, in its order, and how many there are. */
  warnings: Omit<QualityFinding, 'level'>[];
  warning_count: number;
  /** Null without a clip. */
  scene_count: number | null;
  /** Null without a voice sample. */
  voice: { duration_seconds: number; loudness_dbfs: number | null; speech_likely: boolean | null } | null;
  /** Names of the files by role. */
  files: Partial<Record<FileRole, string[]>>;
}

/** Who builds elements. */
export interface ElementEngine {
  readonly name: string;
  /** `local` uses this machine's cores while it works; `remote` mostly waits for a service. */
  readonly place: 'local' | 'remote';
  /** Whether it reads the sources and writes files; else nothing is fetched for it and its work folder doesn't exist. */
  readonly usesFiles: boolean;
  /** Refuses at submission what it would have to refuse later. */
  checkElement?(precheck: ElementPrecheck): void | Promise<void>;
  /** Whether the files of an element that comes from elsewhere are what its manifest says. Throws as {@link Media.verifyFiles}. */
  verifyFiles?: Media['verifyFiles'];
  /** Mends cut-outs, as {@link Media.mendMatte} and {@link Media.remakeElement}. */
  mending?: Pick<Media, 'mendMatte' | 'remakeElement'>;
  /** Pictures of a finished video. Throws as {@link Media.drawStills}. */
  drawStills?: Media['drawStills'];
  /** A small copy of a picture of our own. Throws as {@link Media.shrinkPicture}. */
  shrinkPicture?: Media['shrinkPicture'];
  /** Removes what the engine keeps elsewhere of an element, by its public id; nothing when there's nothing. */
  forgetElement?(elementId: string): Promise<void>;
  /** Removes elsewhere what came of work that nobody wants any more, as far as it's there. Called every few minutes. */
  tidy?(signal: AbortSignal): Promise<void>;
  /**
   * Builds one element. Throws `AppError` with a documented task error code, `retryable` where another attempt may
   * succeed; on abort it throws the signal's reason after its last write into the folder.
   */
  buildElement(order: ElementOrder, tools: EngineTools): Promise<ElementDraft>;
  /** Ends what the engine holds; running builds reject. Safe to repeat. */
  close(): Promise<void>;
}
