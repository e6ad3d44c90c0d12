import { Box, Button, Center, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { BellRing } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { type GivenUpCallback, listGivenUpCallbacks, resendCallback } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { useRole } from '../../api/use-me.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { notifyDone, notifyFailed } from '../../parts/notify.ts';
import { Page } from '../../parts/page.tsx';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { ToneBadge } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { Receiver } from './receiver.tsx';
import { Secrets } from './secrets.tsx';
import { TryReceiver } from './try-receiver.tsx';
import { Verify } from './verify.tsx';

const views = [
  { value: '', label: 'Given up' },
  { value: 'test', label: 'Try a receiver' },
  { value: 'verify', label: 'Verify' },
  { value: 'secrets', label: 'Secrets' },
];

/** What was sent to receivers and not taken, and all that one needs to receive. */
export function CallbacksPage() {
  const [view, setView] = useAddress('view');
  const isManager = useRole('manager');
  const seen = views.filter(({ value }) => isManager || value !== 'secrets');
  return (
    <Page
      title="Callbacks"
      about="A finished task is posted to the callback_url of its request, signed. Each task's own attempts stand beside it under Tasks."
    >
      <SegmentedControl
        aria-label="What to show"
        value={view}
        onChange={setView}
        w="fit-content"
        maw="100%"
        className="scrolls"
        data={seen}
      />
      {view === 'test' && <TryReceiver />}
      {view === 'verify' && <Verify />}
      {view === 'secrets' && isManager && <Secrets />}
      {view === '' && <GivenUp />}
    </Page>
  );
}

function GivenUp() {
  const callbacks = useInfiniteQuery({
    queryKey: kept.givenUp,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      listGivenUpCallbacks(client, { limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
  if (callbacks.error !== null) return <ErrorNote error={callbacks.error} onRetry={() => void callbacks.refetch()} />;
  if (callbacks.data === undefined) return <SkeletonRows count={4} height={64} />;
  const rows = callbacks.data.pages.flatMap(({ data }) => data);
  if (rows.length === 0) {
    return (
      <Stack>
        <Empty icon={<BellRing size={40} />} title="No callback was given up">
          Whatever a receiver doesn't take after the last attempt stands here, to be sent again.
        </Empty>
        <Receiver />
      </Stack>
    );
  }
  return (
    <Stack>
      {rows.length > 1 && <ResendAll rows={rows} />}
      <Box className="surface">
        {rows.map((row) => (
          <GivenUpRow key={row.task_id} row={row} />
        ))}
      </Box>
      {callbacks.hasNextPage && (
        <Center>
          <Button
            variant="default"
            onClick={() => void callbacks.fetchNextPage()}
            loading={callbacks.isFetchingNextPage}
          >
            Older ones
          </Button>
        </Center>
      )}
    </Stack>
  );
}

function ResendAll({ rows }: { rows: readonly GivenUpCallback[] }) {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const resend = async () => {
    setBusy(true);
    // One after another: they count against the key's own limit.
    const done: string[] = [];
    try {
      for (const { task_id } of rows) {
        await resendCallback(client, task_id);
        done.push(task_id);
      }
    } catch (error) {
      notifyFailed(error);
    }
    if (done.length > 0) notifyDone(`${done.length} are sent again`);
    void queries.invalidateQueries({ queryKey: kept.givenUp });
    setBusy(false);
  };
  return (
    <Group>
      <Button variant="default" onClick={() => void resend()} loading={isBusy}>
        Send all {rows.length} again
      </Button>
    </Group>
  );
}

function GivenUpRow({ row }: { row: GivenUpCallback }) {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const resend = async () => {
    setBusy(true);
    try {
      queries.setQueryData(kept.taskCallbacks(row.task_id), await resendCallback(client, row.task_id));
      notifyDone('It is sent again');
      void queries.invalidateQueries({ queryKey: kept.givenUp });
    } catch (error) {
      notifyFailed(error);
    }
    setBusy(false);
  };
  return (
    <Group px="md" py="sm" gap="md" wrap="nowrap" className="line">
      <Stack gap={0} flex={1} miw={0}>
        <Text component={Link} href={`/tasks/${row.task_id}`} className="clip quiet-link" data-row>
          {row.url}
        </Text>
        <Text size="xs" c="dimmed" ff="monospace" className="clip">
          {row.task_id.replace('task-unified-', '')}
        </Text>
      </Stack>
      <ToneBadge tone="red" visibleFrom="xs">
        {row.attempts} failed
      </ToneBadge>
      <Text size="sm" c="dimmed" visibleFrom="sm">
        <Time at={row.given_up_at} />
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => void resend()}
        loading={isBusy}
        aria-label={`Send again: ${row.task_id}`}
      >
        Send again
      </Button>
    </Group>
  );
}
