import type { Context } from '../context.ts';
import { type FetchedSource, isVideoRole } from './fetch-sources.ts';

/**
 * Has WebP, HEIC and AVIF pictures made JPEG or PNG before anybody looks at them, beside what was fetched, one after another: they'd take the
 * children from other tasks. Those that came by a plain URL are left as they are where the setting says so, and
 * refused like any other format. Throws as `Media.convertPicture`.
 */
export async function convertPictures(
  { config, media }: Pick<Context, 'config' | 'media'>,
  sources: readonly FetchedSource[],
  signal: AbortSignal,
): Promise<FetchedSource[]> {
  const converted: FetchedSource[] = [];
  for (const source of sources) {
    const isAllowed = source.isStored || config.flow.moreImageFormats === 'on';
    const isPicture = !isVideoRole(source.role) && isAllowed;
    converted.push(isPicture ? await media.convertPicture(source, `${source.path}-converted`, { signal }) : source);
  }
  return converted;
}
