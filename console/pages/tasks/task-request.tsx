import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import {
  createElement,
  type ElementRequest,
  getTaskRequest,
  type Task,
  type TaskRequest,
} from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { createMedia } from '../../api/create-media.ts';
import type { MediaRequest } from '../../api/media-request.ts';
import { kept } from '../../api/queries.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { notifyFailed } from '../../parts/notify.ts';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { canChange, openChanged } from './open-changed.ts';

/** What the task was asked for, to run again as it was or changed. */
export function TaskRequestView({ task }: { task: Task }) {
  const { data, error, refetch } = useQuery({
    queryKey: kept.taskRequest(task.id),
    queryFn: ({ signal }) => getTaskRequest(client, task.id, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Stack gap="xs" component="section">
      <Title order={3}>Request</Title>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={1} height={120} />}
      {data !== undefined && (
        <>
          <CodeBlock text={JSON.stringify(data.request, null, 2)} label="The request as JSON" />
          {data.left_out.length > 0 && (
            <Text size="sm" c="dimmed" className="breaks">
              Pictures that stood in the request itself are not kept: {data.left_out.join(', ')}.
            </Text>
          )}
          <Again asked={data} makes={task.type === 'image' ? 'image' : 'video'} />
        </>
      )}
    </Stack>
  );
}

function Again({ asked, makes }: { asked: TaskRequest; makes: 'video' | 'image' }) {
  const { request, left_out } = asked;
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [isAsking, asking] = useDisclosure(false);
  const [isOpening, setOpening] = useState(false);
  const run = async () => {
    const task =
      request.model === 'kling-custom-element'
        ? await createElement(client, request as unknown as ElementRequest)
        : await createMedia(makes, request as unknown as MediaRequest);
    queries.setQueryData(kept.task(task.id), task);
    void queries.invalidateQueries({ queryKey: kept.tasks() });
    void queries.invalidateQueries({ queryKey: kept.credits });
    go(`/tasks/${task.id}`);
  };
  const change = async () => {
    setOpening(true);
    try {
      go(await openChanged(asked));
    } catch (error) {
      notifyFailed(error);
    }
    setOpening(false);
  };
  return (
    <Group gap="xs">
      <Button
        variant="default"
        leftSection={<RotateCcw size={15} aria-hidden />}
        disabled={left_out.length > 0}
        onClick={asking.open}
      >
        Run again
      </Button>
      {canChange(asked) && (
        <Button
          variant="default"
          leftSection={<Pencil size={15} aria-hidden />}
          loading={isOpening}
          onClick={() => void change()}
        >
          Change and run again
        </Button>
      )}
      <Confirm opened={isAsking} title="Run it again?" action="Run again" onConfirm={run} onClose={asking.close}>
        The same request becomes a new task, which is charged like any other.
      </Confirm>
    </Group>
  );
}
