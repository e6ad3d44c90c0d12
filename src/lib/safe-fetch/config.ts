import { choiceSetting, listSetting, type Section, type SectionValues } from '../settings.ts';
import { parseAddressRange } from './address.ts';

export const section = {
  allowAddresses: listSetting(
    'TROUPE_ALLOW_ADDRESSES',
    'Address ranges outside the public internet that reference media and callbacks may use, as a comma list like 127.0.0.0/8,::1/128',
    parseAddressRange,
  ),
  fakeAddresses: listSetting(
    'TROUPE_FAKE_ADDRESSES',
    'Address ranges, as a comma list like 198.18.0.0/15, that a proxy in this network answers for every name and dials itself; what a name points to is judged by nobody then',
    parseAddressRange,
  ),
  outboundProxy: choiceSetting(
    'TROUPE_OUTBOUND_PROXY',
    'none',
    ['none', 'environment'],
    'Whether reference media, callbacks and the Kling API are reached through the proxy of HTTPS_PROXY, HTTP_PROXY and NO_PROXY; what a name points to is judged by that proxy alone then',
  ),
  userAgent: {
    env: 'TROUPE_USER_AGENT',
    describe:
      'How the server names itself where it fetches or calls back; some hosts refuse names without an address to turn to',
    // The address of the project, as in `package.json`; an operator's own is better.
    fallback: 'Troupe/0.1 (+https://troupe.example)',
    parse(text: string) {
      if (!/^[\x20-\x7e]{1,200}$/.test(text)) throw new Error('must be 1 to 200 characters of ASCII');
      return text;
    },
    show: (text: string) => text,
  },
} satisfies Section;

export type SafeFetchSettings = SectionValues<typeof section>;
