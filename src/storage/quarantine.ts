import type { Storage } from './storage.ts';

/** Where files lie aside that the database doesn't know: `quarantine/<when, UTC>/<key>`. */
export const quarantinePrefix = 'quarantine/';

const pattern = /^quarantine\/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\/(.+)$/;

/** A file that a sweep has moved aside, and where it lay before. */
export interface QuarantinedFile {
  /** Its key now. */
  key: string;
  /** The key that it had. */
  former: string;
  /** When it was moved aside, by whole seconds. */
  since: Date;
}

/** Moves a file aside under a key that tells since when; false when it is gone, or its key too long to be moved. */
export async function quarantineFile(storage: Storage, key: string, now: Date): Promise<boolean> {
  const stamp = now.toISOString().replace(/\.\d+Z$/, 'Z');
  const aside = `${quarantinePrefix}${stamp.replaceAll(/[-:]/g, '')}/${key}`;
  return aside.length <= keyLengthMax && (await storage.move(key, aside));
}

/** The longest key (`key.ts`). */
const keyLengthMax = 512;

/** Every file that lies aside, in no order. */
export async function* listQuarantine(storage: Storage): AsyncGenerator<QuarantinedFile> {
  for await (const { key } of storage.list(quarantinePrefix)) {
    const [, year, month, day, hours, minutes, seconds, former] = pattern.exec(key) ?? [];
    if (former === undefined) continue;
    yield { key, former, since: new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`) };
  }
}

/** Moves a file back to its place; false when another lies there by now, or it is gone. */
export async function restoreQuarantined(storage: Storage, { key, former }: QuarantinedFile): Promise<boolean> {
  return (await storage.find(former)) === null && (await storage.move(key, former));
}
