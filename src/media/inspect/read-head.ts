import { open } from 'node:fs/promises';
import { sniffBytes } from '../sniff-format.ts';

/** The first bytes of a file, as many as it takes to name its format. */
export async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(sniffBytes), 0, sniffBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
