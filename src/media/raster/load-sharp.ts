import type sharpModule from 'sharp';

type Sharp = typeof sharpModule;

let loaded: Promise<Sharp> | undefined;

/**
 * sharp, set up for hostile input: one thread, no cache, and every loader blocked but JPEG and PNG (WebP for reading
 * what we wrote). Loaded at first use, so that a child that only reads video containers stays small.
 */
export function loadSharp(): Promise<Sharp> {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] });
    return sharp;
  });
  return loaded;
}

/**
 * The same while `work` runs, with the loader of HEIF besides, which reads AVIF: opened only for a file that was told to be one, so
 * that nothing else gets to it.
 */
export async function withHeifLoader<T>(work: (sharp: Sharp) => Promise<T>): Promise<T> {
  const sharp = await loadSharp();
  const heif = { operation: ['VipsForeignLoadHeif'] };
  sharp.unblock(heif);
  try {
    return await work(sharp);
  } finally {
    sharp.block(heif);
  }
}
