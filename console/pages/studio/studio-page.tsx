import { SegmentedControl, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { createUniqueId } from '../../../client/index.ts';
import { createMedia } from '../../api/create-media.ts';
import { kept } from '../../api/queries.ts';
import { useModels } from '../../api/use-models.ts';
import { bringIntoView } from '../../parts/bring-into-view.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { CastList } from './cast-list.tsx';
import {
  type Abilities,
  computePrice,
  type Draft,
  dropFromCast,
  findFault,
  promptMax,
  studioModels,
  type Telling,
} from './draft.ts';
import { KindSwitch } from './kind-switch.tsx';
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

/** Writes a video or pictures with elements in it, checks and prices it, makes it, and shows what came of it beside what came before. */
export function StudioPage() {
  const [draft, change] = useDraft();
  const [runs, keep] = useRuns();
  const [tasks, setTasks] = useAddress('task');
  const taskIds = tasks === '' ? [] : tasks.split(',');
  const models = useModels();
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  /** The task that was started last, which the reader is led to. */
  const [startedId, setStartedId] = useState('');
  const form = useRef<HTMLDivElement>(null);
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
      const task = await createMedia(able.makes, request);
      queries.setQueryData(kept.task(task.id), task);
      void queries.invalidateQueries({ queryKey: kept.credits });
      keep(task.id, draft);
      setStartedId(task.id);
      setTasks([task.id, ...taskIds].slice(0, 6).join());
    } catch (error) {
      setRefusal(error);
    }
    setBusy(false);
  };
  useHotkeys([['mod+Enter', () => void run()]], []);

  return (
    <Page title="Studio" about="Cast your elements, say what happens, see what it costs, and make a video or pictures.">
      <div className={classes.studio}>
        <div className={`two ${classes.form}`} ref={form}>
          <Stack gap="lg">
            <KindSwitch draft={draft} models={models.data} onChange={change} />
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
              makes={able.makes}
              count={draft.count}
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
              startedId={startedId}
              onAgain={(old) => {
                change(old);
                bringIntoView(form.current);
                form.current?.querySelector('textarea')?.focus({ preventScroll: true });
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

const placeholders: Readonly<Record<Abilities['makes'], string>> = {
  video: 'crosses a desert at dusk, the camera follows low behind it',
  image: 'in a desert at dusk, seen from low behind it',
};

const tellings: Readonly<Record<Telling, string>> = {
  prompt: 'In one prompt',
  customize: 'Shot by shot',
  intelligence: 'Cut by the model',
};

/** One prompt, or shot by shot, and what is not to be seen. */
function Words({ draft, onChange }: PartProps) {
  const { makes, shotTypes, elementsMax, negativePrompt } = studioModels[draft.model];
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
          placeholder={`${elementsMax > 0 ? '@RC car' : 'A toy car'} ${placeholders[makes]}`}
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
