import { Anchor, Box, Button, Center, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { Link } from 'wouter';
import { listTransfers, type Transfer } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { formatCredits } from '../../parts/format.ts';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { Time } from '../../parts/time.tsx';
import { formatTransfer, TransferBadge } from '../../parts/transfer.tsx';

/** Every transfer of the account, newest first, with what could be spent after it. */
export function LedgerTable() {
  const transfers = useInfiniteQuery({
    queryKey: kept.transfers,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      listTransfers(client, { limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
  if (transfers.error !== null) return <ErrorNote error={transfers.error} onRetry={() => void transfers.refetch()} />;
  if (transfers.data === undefined) return <SkeletonRows count={6} height={44} />;
  const rows = transfers.data.pages.flatMap(({ data }) => data);
  if (rows.length === 0) return <Empty icon={<ScrollText size={40} />} title="No credits have moved yet" />;
  return (
    <>
      <Box className="surface scrolls">
        <Table className="unbroken">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>When</Table.Th>
              <Table.Th>What</Table.Th>
              <Table.Th ta="right">Credits</Table.Th>
              <Table.Th ta="right" visibleFrom="sm">
                Can be spent after
              </Table.Th>
              <Table.Th>For</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className="numbers">
            {rows.map((transfer) => (
              <TransferRow key={transfer.transfer_id} transfer={transfer} />
            ))}
          </Table.Tbody>
        </Table>
      </Box>
      {transfers.hasNextPage && (
        <Center>
          <Button
            variant="default"
            onClick={() => void transfers.fetchNextPage()}
            loading={transfers.isFetchingNextPage}
          >
            Older ones
          </Button>
        </Center>
      )}
    </>
  );
}

function TransferRow({ transfer }: { transfer: Transfer }) {
  const { balance_after, created_at, task_id, note } = transfer;
  return (
    <Table.Tr>
      <Table.Td>
        <Time at={created_at} />
      </Table.Td>
      <Table.Td>
        <TransferBadge transfer={transfer} />
      </Table.Td>
      <Table.Td ta="right">{formatTransfer(transfer)}</Table.Td>
      <Table.Td ta="right" visibleFrom="sm">
        {balance_after === undefined ? '' : formatCredits(balance_after)}
      </Table.Td>
      <Table.Td maw={260}>
        {task_id === null ? (
          <Text size="sm" className="clip">
            {note}
          </Text>
        ) : (
          <Anchor component={Link} href={`/tasks/${task_id}`} size="sm" ff="monospace" c="var(--troupe-accent-text)">
            {task_id.replace('task-unified-', '')}
          </Anchor>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
