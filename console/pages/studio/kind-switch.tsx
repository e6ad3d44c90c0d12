import { SegmentedControl } from '@mantine/core';
import type { Model } from '../../../client/index.ts';
import { type Abilities, type Draft, fitDraft, listOffered, studioModels } from './draft.ts';

interface KindSwitchProps {
  draft: Draft;
  models: readonly Model[] | undefined;
  onChange: (change: Partial<Draft>) => void;
}

/** A video or pictures; nothing where the key's models make one of them alone. Words and cast stay. */
export function KindSwitch({ draft, models, onChange }: KindSwitchProps) {
  const { makes } = studioModels[draft.model];
  const offered = listOffered(draft.model, models);
  const first = (kind: Abilities['makes']) => offered.find((id) => studioModels[id].makes === kind);
  if (first('video') === undefined || first('image') === undefined) return null;
  return (
    <SegmentedControl
      aria-label="What is made"
      w="fit-content"
      value={makes}
      onChange={(kind) => {
        const model = first(kind as Abilities['makes']);
        if (model !== undefined) onChange(fitDraft({ ...draft, model }));
      }}
      data={[
        { value: 'video', label: 'A video' },
        { value: 'image', label: 'Pictures' },
      ]}
    />
  );
}
