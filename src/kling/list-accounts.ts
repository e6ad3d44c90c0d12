import { defaultAccountName } from './account-entries.ts';
import { hasOwnCredentials, type KlingSettings } from './config.ts';

/** One account of the vendor that the settings name: what it is called here, its keys, where it is asked, its slots. */
export interface KlingAccount
  extends Partial<Pick<KlingSettings, 'klingApiKey' | 'klingAccessKey' | 'klingSecretKey' | 'klingAccount'>>,
    Pick<KlingSettings, 'klingBaseUrl' | 'klingParallelVideos'> {
  name: string;
  /** Where its key stands. */
  keySetting: string;
}

/** The account of the settings of one (`default`), if they name one, and then those of `TROUPE_KLING_ACCOUNTS` in their order. */
export function listAccounts(settings: KlingSettings): KlingAccount[] {
  const { klingBaseUrl, klingParallelVideos, klingAccounts } = settings;
  const { klingApiKey, klingAccessKey, klingSecretKey, klingAccount } = settings;
  const first = {
    name: defaultAccountName,
    keySetting: klingApiKey === undefined ? 'TROUPE_KLING_ACCESS_KEY' : 'TROUPE_KLING_API_KEY',
    klingBaseUrl,
    klingParallelVideos,
    klingApiKey,
    klingAccessKey,
    klingSecretKey,
    klingAccount,
  };
  const others = klingAccounts.map((entry) => {
    return { klingBaseUrl, klingParallelVideos, keySetting: 'TROUPE_KLING_ACCOUNTS', ...entry };
  });
  return hasOwnCredentials(settings) ? [first, ...others] : others;
}
