import { ActionIcon, Button, Group, Progress, Skeleton, Stack, Text, Title, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download, RotateCcw, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { cancelTask, getTask, parseImageResult, parseVideoResult, type Task } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { bringIntoView } from '../../parts/bring-into-view.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { formatCredits } from '../../parts/format.ts';
import { notifyFailed } from '../../parts/notify.ts';
import { toOwnLink } from '../../parts/own-link.ts';
import { Pictures } from '../../parts/pictures.tsx';
import { presentMarks } from '../../parts/present-title.ts';
import { Report } from '../../parts/report.tsx';
import { StatusBadge, ToneBadge } from '../../parts/status-badge.tsx';
import { TaskFault } from '../../parts/task-fault.tsx';
import { type Draft, studioModels } from './draft.ts';
import classes from './studio.module.css';

interface ResultsProps {
  taskIds: readonly string[];
  runs: Readonly<Record<string, Draft>>;
  /** The one that has just been started comes into view. */
  startedId: string;
  onAgain: (draft: Draft) => void;
  onClose: (taskId: string) => void;
}

/** The videos and pictures that were asked for, side by side, the newest first. */
export function Results({ taskIds, runs, startedId, onAgain, onClose }: ResultsProps) {
  return (
    <Stack gap="sm" component="section" className={classes.first} aria-label="Results">
      <Title order={2}>{taskIds.length === 1 ? 'Result' : 'Results'}</Title>
      <div className={classes.results}>
        {taskIds.map((taskId) => (
          <Result
            key={taskId}
            taskId={taskId}
            draft={runs[taskId]}
            isStarted={taskId === startedId}
            onAgain={onAgain}
            onClose={() => onClose(taskId)}
          />
        ))}
      </div>
    </Stack>
  );
}

interface ResultProps {
  taskId: string;
  draft: Draft | undefined;
  isStarted: boolean;
  onAgain: (draft: Draft) => void;
  onClose: () => void;
}

function Result({ taskId, draft, isStarted, onAgain, onClose }: ResultProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isStarted) bringIntoView(ref.current);
  }, [isStarted]);
  const { data, error, refetch } = useQuery({
    queryKey: kept.task(taskId),
    queryFn: ({ signal }) => getTask(client, taskId, signal),
  });
  // Known before there are any, so that nothing jumps.
  const asked = draft !== undefined && studioModels[draft.model].makes === 'image' ? draft.count : 1;
  const isSeveral = (data?.type === 'image' ? (data.results?.length ?? asked) : asked) > 1;
  const words =
    draft === undefined
      ? null
      : draft.told === 'customize'
        ? draft.shots.map(({ prompt }) => prompt).join(' / ')
        : draft.prompt;
  return (
    <Stack
      component="article"
      ref={ref}
      tabIndex={-1}
      className={`surface ${classes.result}`}
      p="md"
      gap="sm"
      aria-label={words === null ? 'Result' : `Result: ${presentMarks(words)}`}
      aria-live="polite"
      data-many={isSeveral || undefined}
    >
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton height={190} />}
      {data !== undefined && <Made task={data} />}
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={4} miw={0}>
          <Group gap={6}>
            {data !== undefined && <StatusBadge status={data.status} progress={data.progress} />}
            {data !== undefined && isAnimatic(data) && <ToneBadge tone="gray">animatic</ToneBadge>}
            {data?.usage.credits_used !== undefined && (
              <Text size="xs" c="dimmed" className="numbers">
                {formatCredits(data.usage.credits_used)} credits
              </Text>
            )}
          </Group>
          {words !== null && (
            <Text size="sm" lineClamp={2}>
              {presentMarks(words)}
            </Text>
          )}
        </Stack>
        <Tooltip label="Take it from this page; it stays among your tasks">
          <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label="Take this result from the page">
            <X size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
      <Actions task={data} draft={draft} onAgain={onAgain} />
    </Stack>
  );
}

/** Of a video; each picture has its own beside it. */
const findLink = (task: Task) =>
  task.type === 'image' ? undefined : (task.results?.[0] ?? parseVideoResult(task)?.video_url);

function isAnimatic({ result_data }: Task): boolean {
  const { kind, engine } = (result_data ?? {}) as { kind?: string; engine?: string };
  return kind === 'animatic' || engine === 'animatic';
}

function Made({ task }: { task: Task }) {
  const pictures = parseImageResult(task);
  if (pictures !== undefined) {
    return (
      <>
        <Pictures pictures={pictures.images} />
        {pictures.warnings.length > 0 && (
          <Report findings={pictures.warnings.map((warning) => ({ ...warning, level: 'warning' }))} />
        )}
      </>
    );
  }
  const link = findLink(task);
  if (link !== undefined) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: what was made has no captions
      <video src={toOwnLink(link)} controls preload="metadata" playsInline className="player" aria-label="The video" />
    );
  }
  if (task.error !== undefined) return <TaskFault task={task} />;
  const { estimated_time } = task.task_info;
  return (
    <div className={classes.waiting}>
      <Stack gap="xs" w="100%" maw={320}>
        <Text ta="center" fw={600}>
          {task.status === 'pending' ? 'It waits for its turn' : 'Being made'}
        </Text>
        <Progress value={task.progress} aria-label="Done so far" />
        <Text ta="center" size="sm" c="dimmed" mih={20}>
          {estimated_time === undefined ? '' : `About ${estimated_time} s to go`}
        </Text>
      </Stack>
    </div>
  );
}

function Actions({
  task,
  draft,
  onAgain,
}: {
  task: Task | undefined;
  draft: Draft | undefined;
  onAgain: (draft: Draft) => void;
}) {
  if (task === undefined) return null;
  const link = findLink(task);
  return (
    <Group gap="xs">
      {link !== undefined && (
        <Button
          component="a"
          href={toOwnLink(link)}
          download
          variant="default"
          size="compact-md"
          leftSection={<Download size={15} aria-hidden />}
        >
          Download
        </Button>
      )}
      {draft !== undefined && (
        <Button
          variant="default"
          size="compact-md"
          leftSection={<RotateCcw size={15} aria-hidden />}
          onClick={() => onAgain(draft)}
        >
          Change and run again
        </Button>
      )}
      {task.task_info.can_cancel && (
        <Button
          variant="default"
          size="compact-md"
          onClick={() => void cancelTask(client, task.id).catch(notifyFailed)}
        >
          Cancel
        </Button>
      )}
      <Button component={Link} href={`/tasks/${task.id}`} variant="subtle" color="gray" size="compact-md">
        Details
      </Button>
    </Group>
  );
}
