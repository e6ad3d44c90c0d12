import { filesPrefix } from './stored-prefixes.ts';

/** Where a file's bytes lie: `files/<file id>.<ending by its type>`. */
export function keyOfFile({ id, media_type }: { id: string; media_type: string }): string {
  return `${filesPrefix}${id}.${endings[media_type] ?? 'bin'}`;
}

/** The id of the file that lies under `key`. */
export function fileIdOfKey(key: string): string {
  return key.slice(filesPrefix.length).split('.')[0] ?? '';
}

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/avif': 'avif',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'audio/wav': 'wav',
  'audio/flac': 'flac',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
};
