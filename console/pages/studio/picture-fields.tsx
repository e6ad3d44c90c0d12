import { Select, SimpleGrid, Slider, Stack, Switch, Text, Title } from '@mantine/core';
import type { Model } from '../../../client/index.ts';
import { presentModel } from '../../parts/present-model.ts';
import { Choice } from './choice.tsx';
import { type Draft, fitDraft, listOffered, type StudioModel, studioModels } from './draft.ts';

interface PictureFieldsProps {
  draft: Draft;
  /** Those that the signed-in key may use; undefined while they're asked for. */
  models: readonly Model[] | undefined;
  onChange: (change: Partial<Draft>) => void;
}

/** Model, length or number, quality, shape and sound, as far as the model takes them. */
export function PictureFields({ draft, models, onChange }: PictureFieldsProps) {
  const { makes, seconds, secondsMost, ratios, ratio, qualities, countMax, sound, watermark } =
    studioModels[draft.model];
  const model = models?.find(({ id }) => id === draft.model);
  const offered = listOffered(draft.model, models);
  const group = (name: string, made: 'video' | 'image') => {
    const items = offered.filter((id) => studioModels[id].makes === made);
    return items.length === 0
      ? []
      : [{ group: name, items: items.map((value) => ({ value, label: presentModel(value) })) }];
  };
  return (
    <Stack gap="md" component="section">
      <Title order={2}>{makes === 'video' ? 'Picture and sound' : 'Pictures'}</Title>
      <Select
        label="Model"
        description={model?.description ?? ' '}
        allowDeselect={false}
        value={draft.model}
        onChange={(next) => next !== null && onChange(fitDraft({ ...draft, model: next as StudioModel }))}
        data={[...group('Videos', 'video'), ...group('Pictures', 'image')]}
        maxDropdownHeight={360}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        {qualities.length > 0 && (
          <Choice
            name="quality"
            label="Quality"
            values={qualities}
            value={draft.quality}
            onChange={(quality) => onChange({ quality })}
          />
        )}
        {ratios.length > 0 && (
          <Choice
            name="ratio"
            label="Width to height"
            values={ratio === null ? ['', ...ratios] : ratios}
            value={draft.ratio || (ratio ?? '')}
            onChange={(value) => onChange({ ratio: value })}
          />
        )}
        {seconds.length > 0 && seconds.length <= 3 && (
          <Choice
            name="seconds"
            label="Length in seconds"
            values={seconds.map(String)}
            value={String(draft.seconds)}
            onChange={(value) => onChange({ seconds: Number(value) })}
          />
        )}
        {seconds.length > 3 && (
          <Amount
            label={`Length: ${draft.seconds} s`}
            thumbLabel="Length in seconds"
            min={seconds[0] ?? 1}
            max={seconds.at(-1) ?? 1}
            value={draft.seconds}
            onChange={(value) => onChange({ seconds: value })}
          />
        )}
        {countMax > 0 && (
          <Amount
            label={`How many: ${draft.count}`}
            thumbLabel="How many pictures"
            min={1}
            max={countMax}
            value={draft.count}
            onChange={(count) => onChange({ count })}
          />
        )}
      </SimpleGrid>
      {secondsMost !== null && (
        <Text size="sm" c="dimmed">
          As long as the given video; what is held back for the longest comes back as far as it isn't used.
        </Text>
      )}
      {sound && (
        <Switch
          label="With sound"
          checked={draft.sound}
          onChange={({ currentTarget }) => onChange({ sound: currentTarget.checked })}
        />
      )}
      {watermark && (
        <Switch
          label="With a watermark"
          checked={draft.watermark}
          onChange={({ currentTarget }) => onChange({ watermark: currentTarget.checked })}
        />
      )}
    </Stack>
  );
}

interface AmountProps {
  label: string;
  thumbLabel: string;
  min: number;
  max: number;
  value: number;
  onChange: (value: number) => void;
}

function Amount({ label, ...slider }: AmountProps) {
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {label}
      </Text>
      <Slider {...slider} label={null} mt="sm" />
    </div>
  );
}
