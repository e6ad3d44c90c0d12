import type { StoredFile as Presented } from './schema.ts';
import type { StoredFile } from './tables.ts';

/** The file as the API shows it; `links` are whole addresses. */
export function presentFile(file: StoredFile, links: Pick<Presented, 'file_url' | 'download_url'>): Presented {
  return {
    file_id: file.id,
    file_name: file.file_name,
    original_name: file.original_name,
    file_size: file.size_bytes,
    mime_type: file.media_type,
    upload_path: file.upload_path,
    sha256: file.sha256.toString('hex'),
    ...links,
    upload_time: file.created_at.toISOString(),
    expires_at: file.expires_at.toISOString(),
  };
}
