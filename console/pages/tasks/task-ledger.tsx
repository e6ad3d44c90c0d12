import { Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listTransfers, type Task } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { useRole } from '../../api/use-me.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { formatCredits } from '../../parts/format.ts';
import { Time } from '../../parts/time.tsx';
import { formatTransfer, TransferBadge } from '../../parts/transfer.tsx';

/** What the task moved in the account's ledger, in the order in which it happened; to those who may not read that, what is theirs to know. */
export function TaskLedger({ task }: { task: Task }) {
  const isManager = useRole('manager');
  const mayRead = isManager && task.dry_run !== true;
  const { data, error, refetch } = useQuery({
    queryKey: kept.taskLedger(task.id),
    queryFn: ({ signal }) => listTransfers(client, { task_id: task.id }, signal),
    enabled: mayRead,
  });
  if (!isManager && task.dry_run !== true) return <OwnSum task={task} />;
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined || data.data.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label="Ledger">
      <Title order={3}>Ledger</Title>
      <Stack gap={6} component="ol" className="plain-list">
        {data.data.toReversed().map((transfer) => (
          <Group key={transfer.transfer_id} component="li" gap="sm" wrap="nowrap">
            <Text size="sm" c="dimmed" w={110}>
              <Time at={transfer.created_at} />
            </Text>
            <TransferBadge transfer={transfer} />
            <Text size="sm" className="numbers" ml="auto">
              {formatTransfer(transfer)} {transfer.credits === 1 ? 'credit' : 'credits'}
            </Text>
          </Group>
        ))}
      </Stack>
    </Stack>
  );
}

/** The ledger is its managers': a caller is told what the task itself tells, and who may read the lines. */
function OwnSum({ task }: { task: Task }) {
  const { credits_reserved = 0, credits_used } = task.usage;
  const amount = credits_used ?? credits_reserved;
  const held = `${amount === 1 ? 'credit is' : 'credits are'} held`;
  const charged = `${amount === 1 ? 'credit was' : 'credits were'} charged`;
  const sum = `${formatCredits(amount)} ${credits_used === undefined ? held : charged}`;
  return (
    <Stack gap="xs" component="section" aria-label="Ledger">
      <Title order={3}>Ledger</Title>
      <Text size="sm">
        {credits_used === 0 ? 'Nothing was charged' : sum} for this task. What was held and given back line by line is
        shown to keys with the role manager.
      </Text>
    </Stack>
  );
}
