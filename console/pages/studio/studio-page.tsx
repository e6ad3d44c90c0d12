import { SegmentedControl, Select, SimpleGrid, Slider, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { createVideo, type Model } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { useModels } from '../../api/use-models.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { CastList } from './cast-list.tsx';
import {
  computePrice,
  type Draft,
  dropFromCast,
  findFault,
  promptMax,
  ratios,
  type StudioModel,
  studioModels,
  writeRequest,
} from './draft.ts';
import { PromptField } from './prompt-field.tsx';
import { RunPanel } from './run-panel.tsx';
import classes from './studio.module.css';
import { useDraft, useRuns } from './use-draft.ts';

// What only some visits show is loaded when it is.
const Results = lazy(() => import('./results.tsx').then((file) => ({ default: file.Results })));
const ShotsField = lazy(() => import('./shots-field.tsx').then((file) => ({ default: file.ShotsField })));

/** Writes a video with elements in it, checks and prices it, makes it, and shows what came of it beside what came before. */
export function StudioPage() {
  const [draft, change] = useDraft();
  const [runs, keep] = useRuns();
  const [tasks, setTasks] = useAddress('task');
  const taskIds = tasks === '' ? [] : tasks.split(',');
  const models = useModels();
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const model = models.data?.find(({ id }) => id === draft.model);
  const request = writeRequest(draft);
  const fault = findFault(draft);

  const run = async () => {
    if (fault !== null || isBusy) return;
    setBusy(true);
    setRefusal(null);
    try {
      const task = await createVideo(client, request);
      queries.setQueryData(kept.task(task.id), task);
      void queries.invalidateQueries({ queryKey: kept.credits });
      keep(task.id, draft);
      setTasks([task.id, ...taskIds].slice(0, 6).join());
    } catch (error) {
      setRefusal(error);
    }
    setBusy(false);
  };
  useHotkeys([['mod+Enter', () => void run()]], []);

  return (
    <Page title="Studio" about="Cast your elements, tell the shots, see what it costs, and make the video.">
      <div className={classes.studio}>
        <div className="two">
          <Stack gap="lg">
            <Words draft={draft} onChange={change} />
            <Stack gap="sm" component="section">
              <Title order={2}>Cast</Title>
              <CastList cast={draft.cast} onDrop={(at) => change(dropFromCast(draft, at))} />
            </Stack>
            <Picture draft={draft} model={model} onChange={change} />
            <TextInput
              label="Callback"
              description="Optional: an HTTPS address that the finished task is posted to, signed"
              type="url"
              placeholder="https://example.com/hook"
              value={draft.callbackUrl}
              onChange={({ currentTarget }) => change({ callbackUrl: currentTarget.value })}
            />
          </Stack>
          <div className="beside">
            {models.error !== null && <ErrorNote error={models.error} onRetry={() => void models.refetch()} />}
            <RunPanel
              request={request}
              price={computePrice(draft, model)}
              fault={fault}
              refusal={refusal}
              isBusy={isBusy}
              onRun={() => void run()}
            />
          </div>
        </div>
        {taskIds.length > 0 && (
          <Suspense>
            <Results
              taskIds={taskIds}
              runs={runs}
              onAgain={(old) => {
                change(old);
                window.scrollTo({ top: 0, behavior: 'smooth' });
              }}
              onClose={(id) => setTasks(taskIds.filter((one) => one !== id).join())}
            />
          </Suspense>
        )}
      </div>
    </Page>
  );
}

interface PartProps {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

/** One prompt, or shot by shot. */
function Words({ draft, onChange }: PartProps) {
  const tell = (inShots: boolean) => {
    const id = crypto.randomUUID();
    const shots = draft.shots.length > 0 ? draft.shots : [{ id, prompt: draft.prompt, seconds: draft.seconds }];
    onChange({ inShots, shots });
  };
  return (
    <Stack gap="sm" component="section">
      <SegmentedControl
        aria-label="How it is told"
        w="fit-content"
        value={draft.inShots ? 'shots' : 'prompt'}
        onChange={(value) => tell(value === 'shots')}
        data={[
          { value: 'prompt', label: 'In one prompt' },
          { value: 'shots', label: 'Shot by shot' },
        ]}
      />
      {draft.inShots ? (
        <Suspense>
          <ShotsField draft={draft} onChange={onChange} />
        </Suspense>
      ) : (
        <PromptField
          label="Prompt"
          value={draft.prompt}
          max={promptMax}
          rows={4}
          placeholder="@RC car crosses a desert at dusk, the camera follows low behind it"
          cast={draft.cast}
          onChange={(prompt, added) =>
            onChange({ prompt, ...(added === undefined ? {} : { cast: [...draft.cast, added] }) })
          }
        />
      )}
    </Stack>
  );
}

/** Model, length, quality, shape, sound and first frame, as far as the model takes them. */
function Picture({ draft, model, onChange }: PartProps & { model: Model | undefined }) {
  const { secondsMin, secondsMax, ratio, sound, firstFrame } = studioModels[draft.model];
  const qualities = Object.keys(model?.multipliers ?? { '720p': null });
  const choose = (next: string | null) => {
    if (next === null) return;
    onChange({ model: next as StudioModel, ...(studioModels[next as StudioModel].sound ? {} : { sound: false }) });
  };
  return (
    <Stack gap="md" component="section">
      <Title order={2}>Picture and sound</Title>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <Select
          label="Model"
          allowDeselect={false}
          value={draft.model}
          onChange={choose}
          data={Object.entries(studioModels).map(([value, { label }]) => ({ value, label }))}
        />
        <div>
          <Text size="sm" fw={600} id="studio-quality" mb={4}>
            Quality
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby="studio-quality"
            value={draft.quality}
            onChange={(quality) => onChange({ quality })}
            data={qualities}
          />
        </div>
        <div>
          <Text size="sm" fw={600} mb={4}>
            Length: {draft.seconds} s
          </Text>
          <Slider
            thumbLabel="Length in seconds"
            min={secondsMin}
            max={secondsMax}
            value={draft.seconds}
            onChange={(seconds) => onChange({ seconds })}
            label={(seconds) => `${seconds} s`}
            mt="sm"
          />
        </div>
        {ratio && (
          <div>
            <Text size="sm" fw={600} id="studio-ratio" mb={4}>
              Width to height
            </Text>
            <SegmentedControl
              fullWidth
              aria-labelledby="studio-ratio"
              value={draft.ratio}
              onChange={(value) => onChange({ ratio: value })}
              data={ratios}
            />
          </div>
        )}
      </SimpleGrid>
      {firstFrame !== 'none' && (
        <TextInput
          label="First frame"
          description="The address of a picture that the video begins with"
          type="url"
          placeholder="https://example.com/first.jpg"
          required={firstFrame === 'required'}
          value={draft.firstFrame}
          onChange={({ currentTarget }) => onChange({ firstFrame: currentTarget.value })}
        />
      )}
      {sound && (
        <Switch
          label="With sound"
          checked={draft.sound}
          onChange={({ currentTarget }) => onChange({ sound: currentTarget.checked })}
        />
      )}
    </Stack>
  );
}
