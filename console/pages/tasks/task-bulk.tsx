import { Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { cancelTask, type TaskLine } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { notifyDone, notifyFailed } from '../../parts/notify.ts';

/** What can be done with the chosen tasks together. */
export function TaskBulk({ tasks, onDone }: { tasks: readonly TaskLine[]; onDone: () => void }) {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const running = tasks.filter(({ status }) => status === 'pending' || status === 'processing');
  const cancel = async () => {
    setBusy(true);
    const outcomes = await Promise.allSettled(running.map(({ id }) => cancelTask(client, id)));
    setBusy(false);
    const refused = outcomes.filter((one) => one.status === 'rejected');
    if (refused[0] !== undefined) notifyFailed(refused[0].reason);
    if (outcomes.length > refused.length) notifyDone(`${outcomes.length - refused.length} cancelled and refunded`);
    void queries.invalidateQueries({ queryKey: kept.tasks() });
    onDone();
  };
  return (
    <Group gap="sm" className="surface" px="md" py="xs" role="toolbar" aria-label="With the chosen tasks">
      <Text size="sm">{tasks.length} chosen</Text>
      <Button
        size="compact-sm"
        variant="default"
        disabled={running.length === 0}
        loading={isBusy}
        onClick={() => void cancel()}
      >
        Cancel {running.length} that run
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={onDone}>
        Choose none
      </Button>
    </Group>
  );
}
