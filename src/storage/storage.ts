import type { Readable } from 'node:stream';

export interface StoredFile {
  key: string;
  sizeBytes: number;
  modifiedAt: Date;
}

/** Bytes of a file, from 0; `last` is included. */
export interface ByteRange {
  first: number;
  last: number;
}

export type BytesSource = { path: string } | { bytes: Uint8Array } | { stream: AsyncIterable<Uint8Array> };

/** What every store must do; `conformance.ts` holds each of them to it. Keys are `a/b/c.ext` of `[A-Za-z0-9._-]`. */
export interface Storage {
  /**
   * Keeps the bytes of a file, a buffer or a stream under `key`, durably, replacing what was there at once and whole. A
   * stream is written as it comes, never held whole; when it throws, nothing is kept and its error is thrown on.
   */
  put(key: string, source: BytesSource): Promise<void>;
  /** Keeps the bytes only where the key is absent, and says whether it did: of several at once, one wins. */
  putNew(key: string, bytes: Uint8Array): Promise<boolean>;
  /**
   * Gives the file another key, replacing what lies there; false when `key` is absent. A kill in the middle leaves the
   * file under one of the two keys, or both.
   */
  move(key: string, to: string): Promise<boolean>;
  /** Null when the key is absent. */
  find(key: string): Promise<StoredFile | null>;
  /**
   * A stream of the bytes, or of those from `range.first` to `range.last` (both included, counted from 0, inside the
   * file); rejects with an Error of code ENOENT when the key is absent.
   */
  get(key: string, range?: ByteRange): Promise<Readable>;
  /** Copies the bytes to a new local file; rejects with code ENOENT when the key is absent. */
  copyTo(key: string, path: string): Promise<void>;
  /** Deleting what is absent is no error. */
  delete(key: string): Promise<void>;
  /** Every file whose key begins with `prefix`, in no order; files that come or go meanwhile may be missed. */
  list(prefix: string): AsyncIterable<StoredFile>;
  /** Removes what interrupted `put`s left behind before `before`. */
  sweep(before: Date): Promise<void>;
  /**
   * An address at which anybody may fetch the bytes for `seconds` from now, without asking this program; null where the
   * store has none. Whether the key exists is not asked.
   */
  link(key: string, seconds: number): Promise<string | null>;
  /** Where a person finds a key: a path or URL. */
  locate(key: string): string;
}
