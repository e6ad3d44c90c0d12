import { choiceSetting, type Section, type SectionValues } from '../lib/settings.ts';

export const section = {
  elementEngine: choiceSetting(
    'TROUPE_ELEMENT_ENGINE',
    'local',
    ['local', 'nothing'],
    "Who builds elements: 'local' is this machine; 'nothing' does no work and is for benchmarks and fault tests only",
  ),
} satisfies Section;

export type EngineSettings = SectionValues<typeof section>;
