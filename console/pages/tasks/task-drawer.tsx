import { Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { cancelTask, getTask, type Task } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { notifyDone, notifyFailed } from '../../parts/notify.ts';
import { presentModel } from '../../parts/present-model.ts';
import { presentTitle } from '../../parts/present-title.ts';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { TaskFault } from '../../parts/task-fault.tsx';
import { TaskCallback } from './task-callback.tsx';
import { TaskFacts } from './task-facts.tsx';
import { TaskLedger } from './task-ledger.tsx';
import { TaskRequestView } from './task-request.tsx';
import { TaskResult } from './task-result.tsx';

interface TaskDrawerProps {
  taskId: string | undefined;
  /** What the list calls it; undefined where the list doesn't show it. */
  title: string | undefined;
  onClose: () => void;
}

/** One task with all that is known of it, beside the list; its address is a page of its own. */
export function TaskDrawer({ taskId, title, onClose }: TaskDrawerProps) {
  return (
    <Drawer
      opened={taskId !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={<Text fw={600}>Task</Text>}
      closeButtonProps={{ 'aria-label': 'Close the task' }}
    >
      {taskId !== undefined && <TaskDetails taskId={taskId} title={title} />}
    </Drawer>
  );
}

function TaskDetails({ taskId, title }: { taskId: string; title: string | undefined }) {
  const task = useQuery({ queryKey: kept.task(taskId), queryFn: ({ signal }) => getTask(client, taskId, signal) });
  if (task.error !== null) return <ErrorNote error={task.error} onRetry={() => void task.refetch()} />;
  if (task.data === undefined) return <SkeletonRows count={6} height={44} />;
  const { data } = task;
  const kind = presentModel(data.model);
  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={2} lineClamp={3} className="breaks">
            {title === undefined ? kind : presentTitle(title)}
          </Title>
          <StatusBadge status={data.status} progress={data.progress} size="lg" />
        </Group>
        {title !== undefined && <Text c="dimmed">{kind}</Text>}
        <Copyable value={data.id} label="Copy the task's id" />
      </Stack>
      <TaskFault task={data} />
      <TaskResult task={data} />
      <TaskFacts task={data} />
      <CancelButton task={data} />
      <TaskRequestView task={data} />
      <TaskCallback task={data} />
      <TaskLedger task={data} />
      <Stack gap="xs" component="section">
        <Title order={3}>As the API answers it</Title>
        <CodeBlock text={JSON.stringify(data, null, 2)} label="The task as JSON" />
      </Stack>
    </Stack>
  );
}

function CancelButton({ task }: { task: Task }) {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  if (!task.task_info.can_cancel) return null;
  const cancel = async () => {
    setBusy(true);
    try {
      queries.setQueryData(kept.task(task.id), await cancelTask(client, task.id));
      notifyDone('Cancelled; its credits are back');
    } catch (error) {
      notifyFailed(error);
      void queries.invalidateQueries({ queryKey: kept.task(task.id) });
    }
    setBusy(false);
  };
  return (
    <Group>
      <Button variant="default" onClick={() => void cancel()} loading={isBusy}>
        Cancel and refund
      </Button>
    </Group>
  );
}
