import { SegmentedControl, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { createUniqueId, createVideo } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { useModels } from '../../api/use-models.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { CastList } from './cast-list.tsx';
import { computePrice, type Draft, dropFromCast, findFault, promptMax, studioModels, type Telling } from './draft.ts';
import { PictureFields } from './picture-fields.tsx';
import { PromptField } from './prompt-field.tsx';
import { writeRequest } from './request.ts';
import { RunPanel } from './run-panel.tsx';
import classes from './studio.module.css';
import { useDraft, useRuns } from './use-draft.ts';

// What only some visits show is loaded when it is.
const MediaFields = lazy(() => import('./media-fields.tsx').then((file) => ({ default: file.MediaFields })));
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
  const able = studioModels[draft.model];
  const takesMedia = able.firstFrame !== 'none' || able.imagesMax > 0 || able.videoField !== null;

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
            {(able.elementsMax > 0 || draft.cast.length > 0) && (
              <Stack gap="sm" component="section">
                <Title order={2}>Cast</Title>
                <CastList cast={draft.cast} onDrop={(at) => change(dropFromCast(draft, at))} />
              </Stack>
            )}
            {takesMedia && (
              <Suspense>
                <MediaFields draft={draft} onChange={change} />
              </Suspense>
            )}
            <PictureFields draft={draft} models={models.data} onChange={change} />
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
              isMost={able.secondsMost !== null}
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

const tellings: Readonly<Record<Telling, string>> = {
  prompt: 'In one prompt',
  customize: 'Shot by shot',
  intelligence: 'Cut by the model',
};

/** One prompt, or shot by shot, and what is not to be seen. */
function Words({ draft, onChange }: PartProps) {
  const { shotTypes, elementsMax, negativePrompt } = studioModels[draft.model];
  const tell = (told: Telling) => {
    const id = createUniqueId();
    const shots = draft.shots.length > 0 ? draft.shots : [{ id, prompt: draft.prompt, seconds: draft.seconds }];
    onChange({ told, shots });
  };
  return (
    <Stack gap="sm" component="section">
      {shotTypes.length > 0 && (
        <SegmentedControl
          aria-label="How it is told"
          w="fit-content"
          maw="100%"
          className="scrolls"
          value={draft.told}
          onChange={(value) => tell(value as Telling)}
          data={(['prompt', ...shotTypes] as const).map((value) => ({ value, label: tellings[value] }))}
        />
      )}
      {draft.told === 'customize' ? (
        <Suspense>
          <ShotsField draft={draft} onChange={onChange} />
        </Suspense>
      ) : (
        <PromptField
          label="Prompt"
          value={draft.prompt}
          max={promptMax}
          rows={4}
          placeholder={`${elementsMax > 0 ? '@RC car' : 'A toy car'} crosses a desert at dusk, the camera follows low behind it`}
          cast={draft.cast}
          isCasting={elementsMax > 0}
          onChange={(words, added) =>
            onChange({ prompt: words, ...(added === undefined ? {} : { cast: [...draft.cast, added] }) })
          }
        />
      )}
      {negativePrompt && (
        <Textarea
          label="Not to be seen"
          description={`Optional · ${[...draft.negativePrompt].length}/${promptMax}`}
          placeholder="People, writing"
          autosize
          minRows={1}
          maxRows={6}
          value={draft.negativePrompt}
          onChange={({ currentTarget }) => onChange({ negativePrompt: currentTarget.value })}
        />
      )}
    </Stack>
  );
}
