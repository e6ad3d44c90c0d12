import { listSetting, type Section } from '../settings.ts';
import { parseAddressRange } from './address.ts';

export const section = {
  allowAddresses: listSetting(
    'TROUPE_ALLOW_ADDRESSES',
    'Address ranges outside the public internet that reference media and callbacks may use, as a comma list like 127.0.0.0/8,::1/128',
    parseAddressRange,
  ),
} satisfies Section;
