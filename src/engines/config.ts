import { listSetting, type Section, type SectionValues, type Setting } from '../lib/settings.ts';

const elementEngineNames = ['local', 'kling', 'nothing'] as const;
const videoEngineNames = ['animatic', 'kling'] as const;
export type EngineName = (typeof elementEngineNames | typeof videoEngineNames)[number];

/** One model's own engine. */
export interface ModelEngine {
  model: string;
  engine: EngineName;
}

export const section = {
  elementEngine: engineSetting(
    'TROUPE_ELEMENT_ENGINE',
    elementEngineNames,
    "Who builds elements: 'local' is this machine; 'kling' is this machine and the Kling account; 'nothing' does no work and is for benchmarks and fault tests only. Unset: kling with credentials, else local",
  ),
  videoEngine: engineSetting(
    'TROUPE_VIDEO_ENGINE',
    videoEngineNames,
    "Who makes videos and pictures: 'animatic' is a preview drawn on this machine; 'kling' is the Kling account. Unset: kling with credentials, else animatic",
  ),
  engineByModel: listSetting(
    'TROUPE_ENGINE_BY_MODEL',
    'Other engines for single models, like kling-v3-motion-control=animatic, separated by commas',
    parseModelEngine,
  ),
} satisfies Section;

export type EngineSettings = SectionValues<typeof section>;

function engineSetting<const T extends string>(
  env: string,
  names: readonly T[],
  describe: string,
): Setting<T | undefined> {
  return {
    env,
    describe: `${describe} (${names.join(' | ')})`,
    fallback: undefined,
    parse: (text) => parseName(text, names),
    show: () => '',
  };
}

function parseModelEngine(text: string): ModelEngine {
  const [model = '', engine = '', ...more] = text.split('=').map((part) => part.trim());
  if (model === '' || engine === '' || more.length > 0)
    throw new Error(`must be pairs like model=engine, has '${text}'`);
  return { model, engine: parseName(engine, [...elementEngineNames, ...videoEngineNames]) };
}

function parseName<T extends string>(text: string, names: readonly T[]): T {
  const name = names.find((one) => one === text);
  if (name === undefined) throw new Error(`must be one of ${[...new Set(names)].join(', ')}, is '${text}'`);
  return name;
}
