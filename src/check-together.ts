import type { SettingMistake } from './lib/settings.ts';
import { listModels } from './models/index.ts';

interface ModelEngine {
  model: string;
  engine: string;
}

/** What is read of the configuration; a half of each pair may be missing. */
interface Settings {
  engines: { engineByModel: readonly ModelEngine[] };
  kling: {
    klingBaseUrl: string;
    klingApiKey: string | undefined;
    klingAccessKey: string | undefined;
    klingSecretKey: string | undefined;
  };
  media: { videoWidthMinPx: number; videoWidthMaxPx: number };
  storage: { accessKey: string | undefined; secretKey: string | undefined };
}

/**
 * Mistakes that only several settings show together. A half of a pair would be passed over without a word: the server would
 * start, and make previews for the price of videos where the operator has an account for them.
 */
export function checkTogether({ engines, kling, media, storage }: Settings): SettingMistake[] {
  const { klingApiKey, klingAccessKey, klingSecretKey, klingBaseUrl } = kling;
  const { videoWidthMinPx, videoWidthMaxPx } = media;
  return [
    ...(klingApiKey === undefined
      ? checkPair(['TROUPE_KLING_ACCESS_KEY', klingAccessKey], ['TROUPE_KLING_SECRET_KEY', klingSecretKey], {
          instead: ', or TROUPE_KLING_API_KEY alone',
        })
      : []),
    ...checkPair(['TROUPE_S3_ACCESS_KEY', storage.accessKey], ['TROUPE_S3_SECRET_KEY', storage.secretKey]),
    ...(/^https?:$/.test(URL.parse(klingBaseUrl)?.protocol ?? '')
      ? []
      : [{ env: 'TROUPE_KLING_BASE_URL', rule: 'must be an http or https URL' }]),
    ...(videoWidthMinPx <= videoWidthMaxPx
      ? []
      : [
          {
            env: 'TROUPE_VIDEO_WIDTH_MIN_PX',
            rule: `is ${videoWidthMinPx}, must be at most TROUPE_VIDEO_WIDTH_MAX_PX, which is ${videoWidthMaxPx}`,
          },
        ]),
    ...engines.engineByModel.flatMap(checkModelEngine),
  ];
}

type Named = readonly [env: string, value: string | undefined];

function checkPair(one: Named, other: Named, { instead = '' } = {}): SettingMistake[] {
  const [missing] = [one, other].filter(([, value]) => value === undefined);
  const [given] = [one, other].filter(([, value]) => value !== undefined);
  if (missing === undefined || given === undefined) return [];
  return [{ env: missing[0], rule: `is missing beside ${given[0]}: set both, or neither${instead}` }];
}

/** Who can make what, of the engines that settings may name. */
function checkModelEngine({ model: id, engine }: ModelEngine): SettingMistake[] {
  const env = 'TROUPE_ENGINE_BY_MODEL';
  const model = listModels().find((one) => one.id === id);
  if (model === undefined)
    return [{ env, rule: `names the model '${id}', which isn't there; GET /v1/models lists them` }];
  const makers = id === 'kling-custom-element' ? ['local', 'kling', 'nothing'] : ['animatic', 'kling'];
  if (makers.includes(engine)) return [];
  return [{ env, rule: `must name one of ${makers.join(', ')} for ${id}, names '${engine}'` }];
}
