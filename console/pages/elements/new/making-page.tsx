import { Button, Group, Image, Progress, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Clapperboard } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { changeElement, getTask, parseElementResult, type Task } from '../../../../client/index.ts';
import { client } from '../../../api/client.ts';
import { kept } from '../../../api/queries.ts';
import { fileUrl } from '../../../parts/element-picture.tsx';
import { ErrorNote } from '../../../parts/error-note.tsx';
import { notifyFailed } from '../../../parts/notify.ts';
import { Page } from '../../../parts/page.tsx';
import { Report } from '../../../parts/report.tsx';
import { TaskFault } from '../../../parts/task-fault.tsx';
import { useAddress } from '../../../parts/use-address.ts';
import classes from './making-page.module.css';

/** An element as it's being made, step by step, to its sheet and what one does with it. */
export function MakingPage({ taskId }: { taskId: string }) {
  const {
    data: task,
    error,
    refetch,
  } = useQuery({
    queryKey: kept.task(taskId),
    queryFn: ({ signal }) => getTask(client, taskId, signal),
  });
  useTags(task);
  const made = task === undefined ? undefined : parseElementResult(task);
  const name = made?.elements[0]?.element_name;
  return (
    <Page title={name === undefined ? 'Making the element' : `${name} is ready`}>
      <Stack className="surface" p="lg" gap="lg" maw={760} aria-live="polite">
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {task === undefined && error === null && <Skeleton height={240} />}
        {task !== undefined && made === undefined && <Steps task={task} />}
        {task !== undefined && <TaskFault task={task} />}
        {made !== undefined && (
          <>
            <div className="framed sheet">
              <Image src={fileUrl(made.element_id, 'sheet.webp')} alt={`Views of ${name}`} mah={320} fit="contain" />
            </div>
            <Group gap="xs">
              <Button
                component={Link}
                href={`/studio?element=${made.element_id}`}
                leftSection={<Clapperboard size={16} aria-hidden />}
              >
                Use in Studio
              </Button>
              <Button component={Link} href={`/elements/${made.element_id}`} variant="default">
                Open the element
              </Button>
            </Group>
            <Report findings={(made.warnings ?? []).map((warning) => ({ ...warning, level: 'warning' }))} />
          </>
        )}
        {(task?.status === 'failed' || task?.status === 'cancelled') && (
          <Button component={Link} href="/elements/new" variant="default" w="fit-content">
            Begin again
          </Button>
        )}
      </Stack>
    </Page>
  );
}

/** What a person can tell apart, each with the progress in per cent from which on it's done. */
const steps: readonly { label: string; doneFrom: number }[] = [
  { label: 'Take the pictures in', doneFrom: 20 },
  { label: 'Measure each view', doneFrom: 45 },
  { label: 'Cut the subject out', doneFrom: 75 },
  { label: 'Compare the views and draw the sheet', doneFrom: 100 },
];

function Steps({ task: { progress, status } }: { task: Task }) {
  if (status === 'failed' || status === 'cancelled') return null;
  const at = steps.findIndex(({ doneFrom }) => progress < doneFrom);
  return (
    <Stack gap="md">
      <Progress value={progress} aria-label="Done so far" />
      <ol className={classes.steps}>
        {steps.map(({ label }, step) => (
          <li
            key={label}
            className={classes.step}
            data-state={step < at || at === -1 ? 'done' : step === at ? 'now' : 'later'}
          >
            <span className={classes.mark} aria-hidden>
              {step < at || at === -1 ? <Check size={14} /> : step + 1}
            </span>
            <span>{label}</span>
          </li>
        ))}
      </ol>
      <Text size="sm" c="dimmed">
        {status === 'pending' ? 'It waits for its turn.' : 'You may leave; it goes on and will stand in your library.'}
      </Text>
    </Stack>
  );
}

/** Gives a finished element the tags that the form held; the address keeps them until then. */
function useTags(task: Task | undefined): void {
  const [tags, setTags] = useAddress('tags');
  const queries = useQueryClient();
  const id = task === undefined ? undefined : parseElementResult(task)?.element_id;
  useEffect(() => {
    if (id === undefined || tags === '') return;
    setTags(null);
    void changeElement(client, id, { tags: tags.split(',').filter((tag) => tag.trim() !== '') })
      .then((element) => {
        queries.setQueryData(kept.element(id), element);
        void queries.invalidateQueries({ queryKey: kept.elements() });
      })
      .catch(notifyFailed);
  }, [id, tags, setTags, queries]);
}
