import { type Static, Type } from 'typebox';

const FileId = Type.String({ pattern: '^file_[a-z0-9]{24}$', examples: ['file_5k2m8q0w3x7z1a9b4c6d8e0f'] });

/** One of the account's files, in the hosted service's own words. */
export const StoredFile = Type.Object(
  {
    file_id: FileId,
    file_name: Type.String({ description: 'As it was asked for, else as it was called where it came from.' }),
    original_name: Type.String({ description: 'As it was called where it came from, else as `file_name`.' }),
    file_size: Type.Integer({ minimum: 1, description: 'Bytes.' }),
    mime_type: Type.String({ description: 'By its bytes, whatever was declared.', examples: ['image/heic'] }),
    upload_path: Type.String({ description: "The caller's own order; it changes no address." }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    file_url: Type.String({
      description: 'Works without a key until `expires_at`, also in every URL field of a request.',
    }),
    download_url: Type.String({ description: 'As `file_url`, for a browser to save under `file_name`.' }),
    upload_time: Type.String({ format: 'date-time' }),
    expires_at: Type.String({ format: 'date-time' }),
  },
  { title: 'StoredFile' },
);
export type StoredFile = Static<typeof StoredFile>;

export const FileQuota = Type.Object(
  {
    user_group: Type.String(),
    used_files: Type.Integer({ minimum: 0, description: 'With uploads that are under way.' }),
    max_files: Type.Integer({ minimum: 0 }),
    remain_files: Type.Integer({ minimum: 0 }),
    used_bytes: Type.Integer({ minimum: 0, description: 'With what uploads that are under way may become.' }),
    max_bytes: Type.Integer({ minimum: 0 }),
    remain_bytes: Type.Integer({ minimum: 0 }),
    is_custom: Type.Boolean(),
    quota_reason: Type.String(),
  },
  { title: 'FileQuota' },
);
export type FileQuota = Static<typeof FileQuota>;
