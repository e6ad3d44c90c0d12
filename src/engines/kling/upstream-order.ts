import type { Purpose } from './tables.ts';

/** One thing to be made upstream. */
export interface UpstreamOrder {
  purpose: Purpose;
  /** Our task's id; of a provision the element's. */
  subject: string;
  /** Path of the create; a task of it is read at the path with its id behind. */
  endpoint: string;
  holdsSlot: boolean;
  /** What must be there before the create is worth a slot. Called again in each call before it has been sent. */
  prepare?(): Promise<void>;
  /**
   * The body of the create, without the fields that all creates share. Called only by who sends, with the id that he
   * sends it under.
   */
  writeBody(externalTaskId: string): Promise<Record<string, unknown>>;
  signal: AbortSignal;
  onProgress(fraction: number, step: string): void;
}
