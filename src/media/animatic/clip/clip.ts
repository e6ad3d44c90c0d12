/** A clip's frames; all that it does may throw as `readClip` does. */
export interface Clip {
  /** Once, and behind {@link Clip.readSmall}. */
  open(): ClipFrames;
  /** The luma of each, of the size that `track-motion.ts` looks at; valid until the next is asked for. */
  readSmall(): AsyncGenerator<Uint8Array>;
}

/** One frame of a clip after the other, as large as the video. */
export interface ClipFrames {
  /** Writes the next one into I420 memory; the last one again when there are no more. */
  write(into: Uint8Array): Promise<void>;
  /** Whether a clip is whole shows at its end: one that is nearly through is read to it. */
  finish(): Promise<void>;
  close(): Promise<void>;
}
