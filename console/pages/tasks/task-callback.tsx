import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type CallbackAttempt, getTaskCallbacks, resendCallback, type Task } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { notifyDone, notifyFailed } from '../../parts/notify.ts';
import { ToneBadge } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';

const states = {
  none: 'The request named no callback_url.',
  waiting: 'Sent once the task has ended.',
  due: 'An attempt is under way or follows.',
  delivered: 'The receiver has taken it.',
  given_up: 'Every attempt has failed.',
} as const;

/** What became of the task's callback, attempt by attempt, and once more at a click. */
export function TaskCallback({ task }: { task: Task }) {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: kept.taskCallbacks(task.id),
    queryFn: ({ signal }) => getTaskCallbacks(client, task.id, signal),
  });
  const resend = async () => {
    setBusy(true);
    try {
      queries.setQueryData(kept.taskCallbacks(task.id), await resendCallback(client, task.id));
      notifyDone('It is sent again');
    } catch (fault) {
      notifyFailed(fault);
    }
    setBusy(false);
  };
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined || data.state === 'none') return null;
  return (
    <Stack gap="xs" component="section">
      <Group justify="space-between">
        <Title order={3}>Callback</Title>
        {(data.state === 'delivered' || data.state === 'given_up') && (
          <Button size="compact-sm" variant="default" onClick={() => void resend()} loading={isBusy}>
            Send again
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed" className="breaks">
        {data.url}
      </Text>
      <Text size="sm">{states[data.state]}</Text>
      <Stack gap={6}>
        {data.attempts.map((attempt) => (
          <Attempt key={attempt.attempt} attempt={attempt} />
        ))}
      </Stack>
    </Stack>
  );
}

function Attempt({ attempt }: { attempt: CallbackAttempt }) {
  const { outcome, status_code, detail, duration_ms, started_at } = attempt;
  const tone = outcome === null ? 'gray' : outcome === 'accepted' ? 'teal' : 'red';
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <ToneBadge tone={tone}>
        {attempt.attempt}. {status_code ?? outcome ?? 'under way'}
      </ToneBadge>
      <Text size="sm" c="dimmed" className="breaks">
        <Time at={started_at} />
        {duration_ms !== null && ` · ${duration_ms} ms`}
        {detail !== null && ` · ${detail}`}
      </Text>
    </Group>
  );
}
