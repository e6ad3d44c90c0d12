import { Alert, Code, Stack, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import type { Task } from '../../client/index.ts';

/** Why a task failed: the field, the measured value and the rule, and what to do next. */
export function TaskFault({ task }: { task: Task }) {
  const { error } = task;
  if (error === undefined) return null;
  return (
    <Alert
      color={task.status === 'cancelled' ? 'gray' : 'red'}
      icon={<CircleAlert size={18} aria-hidden />}
      title={task.status === 'cancelled' ? 'Cancelled' : 'It failed, and was refunded in full'}
    >
      <Stack gap="xs">
        <Text size="sm" className="breaks">
          {error.message}
        </Text>
        {error.suggestion !== undefined && <Text size="sm">{error.suggestion}</Text>}
        <Code w="fit-content">{error.code}</Code>
      </Stack>
    </Alert>
  );
}
