import { Box, Button, Center, Checkbox, Group, SegmentedControl, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowUp, ListChecks } from 'lucide-react';
import { lazy, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { useFreshTasks } from '../../api/use-live.ts';
import { useModels } from '../../api/use-models.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { OnceAsked } from '../../parts/once-asked.tsx';
import { Page } from '../../parts/page.tsx';
import { presentModel } from '../../parts/present-model.ts';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { useAddress, useAddressTail } from '../../parts/use-address.ts';
import { TaskBulk } from './task-bulk.tsx';
import { type TaskFilters, taskPages } from './task-pages.ts';
import { TaskRow } from './task-row.tsx';

const TaskDrawer = lazy(() => import('./task-drawer.tsx').then((file) => ({ default: file.TaskDrawer })));

/** All tasks, live, with filters that the address holds; one of them open in a drawer. */
export function TasksPage() {
  const { id } = useParams<{ id?: string }>();
  const [, go] = useLocation();
  const tail = useAddressTail();
  const [status] = useAddress('status');
  const [model] = useAddress('model');
  const filters = {
    ...(status === '' ? {} : { status: status as NonNullable<TaskFilters['status']> }),
    ...(model === '' ? {} : { model }),
  };
  const tasks = useInfiniteQuery(taskPages(filters));
  const rows = tasks.data?.pages.flatMap(({ data }) => data) ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (taskId: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(taskId);
    else next.delete(taskId);
    setChosen(next);
  };
  return (
    <Page title="Tasks" about="Everything that was asked for, as it happens.">
      <Filters />
      {chosen.size > 0 && (
        <TaskBulk tasks={rows.filter(({ id: one }) => chosen.has(one))} onDone={() => setChosen(new Set())} />
      )}
      <FreshNote onShow={() => void tasks.refetch()} isBusy={tasks.isRefetching} />
      {tasks.error !== null && <ErrorNote error={tasks.error} onRetry={() => void tasks.refetch()} />}
      {tasks.isPending && <SkeletonRows count={8} height={52} />}
      {tasks.data !== undefined && rows.length === 0 && <NoTasks isFiltered={status !== '' || model !== ''} />}
      {rows.length > 0 && (
        <Box className="surface">
          {rows.map((task) => (
            <TaskRow
              key={task.id}
              task={task}
              href={`/tasks/${task.id}${tail}`}
              isOpen={task.id === id}
              before={
                <Checkbox
                  size="xs"
                  pl="md"
                  aria-label={`Choose ${task.id}`}
                  checked={chosen.has(task.id)}
                  onChange={({ currentTarget }) => choose(task.id, currentTarget.checked)}
                />
              }
            />
          ))}
        </Box>
      )}
      {tasks.hasNextPage && (
        <Center>
          <Button variant="default" onClick={() => void tasks.fetchNextPage()} loading={tasks.isFetchingNextPage}>
            Older ones
          </Button>
        </Center>
      )}
      <OnceAsked asked={id !== undefined}>
        <TaskDrawer taskId={id} title={rows.find((row) => row.id === id)?.title} onClose={() => go(`/tasks${tail}`)} />
      </OnceAsked>
    </Page>
  );
}

function Filters() {
  const [status, setStatus] = useAddress('status');
  const [model, setModel] = useAddress('model');
  const models = useModels();
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label="State"
        size="sm"
        value={status}
        onChange={setStatus}
        data={[
          { value: '', label: 'All' },
          { value: 'processing', label: 'Running' },
          { value: 'completed', label: 'Completed' },
          { value: 'failed', label: 'Failed' },
          { value: 'cancelled', label: 'Cancelled' },
        ]}
        maw="100%"
        className="scrolls"
      />
      <Select
        aria-label="Model"
        placeholder="Any model"
        size="sm"
        w={220}
        clearable
        clearButtonProps={{ 'aria-label': 'Any model' }}
        value={model === '' ? null : model}
        onChange={setModel}
        data={(models.data ?? []).map(({ id }) => ({
          value: id,
          label: presentModel(id),
        }))}
      />
    </Group>
  );
}

function FreshNote({ onShow, isBusy }: { onShow: () => void; isBusy: boolean }) {
  const fresh = useFreshTasks();
  if (fresh === 0) return null;
  return (
    <Center>
      <Button
        size="compact-sm"
        radius="xl"
        leftSection={<ArrowUp size={14} aria-hidden />}
        onClick={onShow}
        loading={isBusy}
      >
        {fresh} new
      </Button>
    </Center>
  );
}

function NoTasks({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <Empty
      icon={<ListChecks size={40} />}
      title="No task is like that"
      action={
        <Button component={Link} href="/tasks" variant="default">
          Show all
        </Button>
      }
    />
  ) : (
    <Empty
      icon={<ListChecks size={40} />}
      title="No tasks yet"
      action={
        <Button component={Link} href="/elements/new">
          Make the first element
        </Button>
      }
    >
      Each element and each video that you ask for becomes a task.
    </Empty>
  );
}
