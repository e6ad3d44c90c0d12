import { Box, Button, Center, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { listElementUses } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { TaskRow } from '../tasks/task-row.tsx';

/** The tasks that named the element, newest first. */
export function ElementUses({ elementId }: { elementId: string }) {
  const uses = useInfiniteQuery({
    queryKey: [...kept.element(elementId), 'uses'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      listElementUses(
        client,
        elementId,
        { limit: 20, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        signal,
      ),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
  const rows = uses.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>Where it is used</Title>
      {uses.error !== null && <ErrorNote error={uses.error} onRetry={() => void uses.refetch()} />}
      {uses.isPending && <SkeletonRows count={2} height={52} />}
      {uses.data !== undefined && rows.length === 0 && (
        <Text c="dimmed">No video and no picture has named it yet.</Text>
      )}
      {rows.length > 0 && (
        <Box className="surface">
          {rows.map((task) => (
            <TaskRow key={task.id} task={task} href={`/tasks/${task.id}`} />
          ))}
        </Box>
      )}
      {uses.hasNextPage && (
        <Center>
          <Button variant="default" onClick={() => void uses.fetchNextPage()} loading={uses.isFetchingNextPage}>
            Older ones
          </Button>
        </Center>
      )}
    </Stack>
  );
}
