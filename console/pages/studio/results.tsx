import { ActionIcon, Button, Group, Progress, Skeleton, Stack, Text, Title, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download, RotateCcw, X } from 'lucide-react';
import { Link } from 'wouter';
import { cancelTask, getTask, parseVideoResult, type Task } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { formatCredits } from '../../parts/format.ts';
import { notifyFailed } from '../../parts/notify.ts';
import { toOwnLink } from '../../parts/own-link.ts';
import { presentMarks } from '../../parts/present-title.ts';
import { StatusBadge, ToneBadge } from '../../parts/status-badge.tsx';
import { TaskFault } from '../../parts/task-fault.tsx';
import type { Draft } from './draft.ts';
import classes from './studio.module.css';

interface ResultsProps {
  taskIds: readonly string[];
  runs: Readonly<Record<string, Draft>>;
  onAgain: (draft: Draft) => void;
  onClose: (taskId: string) => void;
}

/** The videos that were asked for, side by side, the newest first. */
export function Results({ taskIds, runs, onAgain, onClose }: ResultsProps) {
  return (
    <Stack gap="sm" component="section" className={classes.first} aria-label="Results">
      <Title order={2}>{taskIds.length === 1 ? 'Result' : 'Results'}</Title>
      <div className={classes.results}>
        {taskIds.map((taskId) => (
          <Result key={taskId} taskId={taskId} draft={runs[taskId]} onAgain={onAgain} onClose={() => onClose(taskId)} />
        ))}
      </div>
    </Stack>
  );
}

interface ResultProps {
  taskId: string;
  draft: Draft | undefined;
  onAgain: (draft: Draft) => void;
  onClose: () => void;
}

function Result({ taskId, draft, onAgain, onClose }: ResultProps) {
  const { data, error, refetch } = useQuery({
    queryKey: kept.task(taskId),
    queryFn: ({ signal }) => getTask(client, taskId, signal),
  });
  const words =
    draft === undefined
      ? null
      : draft.told === 'customize'
        ? draft.shots.map(({ prompt }) => prompt).join(' / ')
        : draft.prompt;
  return (
    <Stack className="surface" p="md" gap="sm" aria-live="polite">
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton height={190} />}
      {data !== undefined && <Picture task={data} />}
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

const findLink = (task: Task) => task.results?.[0] ?? parseVideoResult(task)?.video_url;
const isAnimatic = (task: Task) => (task.result_data as { kind?: string } | undefined)?.kind === 'animatic';

function Picture({ task }: { task: Task }) {
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
