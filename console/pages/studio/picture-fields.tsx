import { Select, SimpleGrid, Slider, Stack, Switch, Text, Title } from '@mantine/core';
import type { Model } from '../../../client/index.ts';
import { presentModel } from '../../parts/present-model.ts';
import { Choice } from './choice.tsx';
import { type Draft, fitDraft, type StudioModel, studioModels } from './draft.ts';

interface PictureFieldsProps {
  draft: Draft;
  /** Those that the signed-in key may use; undefined while they're asked for. */
  models: readonly Model[] | undefined;
  onChange: (change: Partial<Draft>) => void;
}

const all = Object.keys(studioModels) as StudioModel[];

/** Model, length, quality, shape and sound, as far as the model takes them. */
export function PictureFields({ draft, models, onChange }: PictureFieldsProps) {
  const { seconds, ratios, ratio, qualities, sound, watermark } = studioModels[draft.model];
  const model = models?.find(({ id }) => id === draft.model);
  const offered = all.filter((id) => id === draft.model || (models?.some((one) => one.id === id) ?? true));
  return (
    <Stack gap="md" component="section">
      <Title order={2}>Picture and sound</Title>
      <Select
        label="Model"
        description={model?.description ?? ' '}
        allowDeselect={false}
        value={draft.model}
        onChange={(next) => next !== null && onChange(fitDraft({ ...draft, model: next as StudioModel }))}
        data={offered.map((value) => ({ value, label: presentModel(value) }))}
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
          <div>
            <Text size="sm" fw={600} mb={4}>
              Length: {draft.seconds} s
            </Text>
            <Slider
              thumbLabel="Length in seconds"
              min={seconds[0] ?? 1}
              max={seconds.at(-1) ?? 1}
              value={draft.seconds}
              onChange={(value) => onChange({ seconds: value })}
              label={(value) => `${value} s`}
              mt="sm"
            />
          </div>
        )}
      </SimpleGrid>
      {seconds.length === 0 && (
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
