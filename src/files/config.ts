import { integerSetting, type Section } from '../lib/settings.ts';

export const section = {
  countMax: integerSetting(
    'TROUPE_FILES_MAX',
    100,
    { min: 0, max: 1_000_000 },
    'Files that one account may keep; 0 takes none',
  ),
  bytesMax: integerSetting(
    'TROUPE_FILES_BYTES',
    1024 ** 3,
    { min: 0, max: 1024 ** 5 },
    'Bytes of all files that one account keeps together',
  ),
  fileBytesMax: integerSetting(
    'TROUPE_FILE_BYTES_MAX',
    200 * 1024 * 1024,
    { min: 1024, max: 5 * 1024 ** 3 },
    'Largest file that can be uploaded, in bytes',
  ),
  hours: integerSetting(
    'TROUPE_FILE_HOURS',
    72,
    { min: 1, max: 87_600 },
    'Hours that an uploaded file and its links live; contract: 72',
  ),
} satisfies Section;
