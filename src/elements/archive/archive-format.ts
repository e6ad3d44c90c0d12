import type { ElementManifest } from '../../media/index.ts';

/**
 * The archive of an element, a ZIP file: `element.json`, `README.txt`, `SHA256SUMS` and `files/<name>` for each file of the
 * manifest, nothing else.
 */
export const archiveFormat = 'troupe-element';

/** Raised whenever an older reader would understand an archive wrongly. */
export const archiveVersion = 1;

/** Names of the entries beside `files/…`. */
export const archiveEntries = { element: 'element.json', readme: 'README.txt', sums: 'SHA256SUMS' } as const;

export const filesFolder = 'files/';

/** What a file may be called, in an archive and in the library. */
export const fileNamePattern = /^(?!\.)[A-Za-z0-9._-]{1,100}$/;

/** `element.json`. */
export interface ArchivedElement {
  format: typeof archiveFormat;
  format_version: typeof archiveVersion;
  element_id: string;
  element_name: string;
  element_description: string;
  reference_type: 'image_refer' | 'video_refer';
  element_voice_id?: string;
  /** The Kling API's categories. */
  tag_list?: { tag_id: string }[];
  /** Free words of the owner. */
  tags: string[];
  /** Absent in archives of before: 1. */
  revision?: number;
  /** ISO 8601. */
  created_at: string;
  manifest: ElementManifest;
}

/** For people who find the archive without the program. */
export const readme = `An element: a character or an object, made for AI video by Troupe from reference pictures or a short clip.

files/*            the pictures (upright originals, mattes, cut-outs, a sheet of all), a clip or a voice sample
element.json       its name, description and tags; in "manifest" what each file is, what was measured of it, and the
                   report on its quality. "files" says for each file its role, size, SHA-256 and of which of "sources" it
                   was made
SHA256SUMS         check everything with: sha256sum --check SHA256SUMS

Mattes are greyscale pictures: white is the subject. All pictures can be opened by any viewer.
To use it again: troupe elements import FILE, or POST the file to /v1/elements/import as application/zip.
`;
