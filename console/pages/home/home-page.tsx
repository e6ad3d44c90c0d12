import { Anchor, Box, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { listElements, type TaskLine } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { useMe } from '../../api/use-me.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { ElementTile, TileSkeleton, tileHeightPx } from '../elements/element-tile.tsx';
import { taskPages } from '../tasks/task-pages.ts';
import { TaskRow } from '../tasks/task-row.tsx';
import { FirstSteps } from './first-steps.tsx';
import { Money } from './money.tsx';

const shown = { running: 5, failed: 4, elements: 8 };

/** What goes on: credits, what runs, what failed last, the newest elements; for a newcomer the way to the first one. */
export function HomePage() {
  const me = useMe();
  const tasks = useInfiniteQuery(taskPages({}));
  const filters = { limit: shown.elements };
  const elements = useQuery({
    queryKey: kept.elements(filters),
    queryFn: ({ signal }) => listElements(client, filters, signal),
  });
  const rows = tasks.data?.pages.flatMap(({ data }) => data) ?? [];
  const isNew = elements.data?.data.length === 0 && tasks.data !== undefined && rows.length === 0;
  return (
    <Page
      // The first account has a name that nobody chose.
      title={me.account.name === 'default' ? 'Hello' : `Hello, ${me.account.name}`}
      actions={
        <Button component={Link} href="/elements/new" leftSection={<Plus size={16} aria-hidden />}>
          New element
        </Button>
      }
    >
      {isNew ? <FirstSteps /> : <Money />}
      {!isNew && (
        <>
          <Section title="Newest elements" more={{ href: '/elements', label: 'All elements' }}>
            <NewestElements query={elements} />
          </Section>
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            <Section title="Running now" more={{ href: '/tasks?status=processing', label: 'All running' }}>
              <Rows
                query={tasks}
                rows={rows.filter(isRunning).slice(0, shown.running)}
                none="Nothing runs right now."
              />
            </Section>
            <Section title="Last failures" more={{ href: '/tasks?status=failed', label: 'All failed' }}>
              <Rows
                query={tasks}
                rows={rows.filter(({ status }) => status === 'failed').slice(0, shown.failed)}
                none="None of the last tasks has failed."
              />
            </Section>
          </SimpleGrid>
        </>
      )}
    </Page>
  );
}

const isRunning = ({ status }: TaskLine) => status === 'pending' || status === 'processing';

interface SectionProps {
  title: string;
  more: { href: string; label: string };
  children: ReactNode;
}

function Section({ title, more, children }: SectionProps) {
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between" align="baseline">
        <Title order={2}>{title}</Title>
        <Anchor component={Link} href={more.href} size="sm" c="var(--troupe-accent-text)">
          {more.label}
        </Anchor>
      </Group>
      {children}
    </Stack>
  );
}

interface Loaded {
  error: Error | null;
  isPending: boolean;
  refetch: () => unknown;
}

function Rows({ query, rows, none }: { query: Loaded; rows: readonly TaskLine[]; none: string }) {
  if (query.error !== null) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <SkeletonRows count={3} height={52} />;
  return (
    <Box className="surface">
      {rows.length === 0 ? (
        <Text c="dimmed" p="md">
          {none}
        </Text>
      ) : (
        rows.map((task) => <TaskRow key={task.id} task={task} href={`/tasks/${task.id}`} />)
      )}
    </Box>
  );
}

function NewestElements({
  query,
}: {
  query: Loaded & { data?: Awaited<ReturnType<typeof loadElements>> | undefined };
}) {
  if (query.error !== null) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) {
    return (
      <div className="tiles">
        {['a', 'b', 'c', 'd'].map((at) => (
          <TileSkeleton key={at} />
        ))}
      </div>
    );
  }
  const elements = query.data?.data ?? [];
  if (elements.length === 0) return <Text c="dimmed">None yet.</Text>;
  return (
    <div className="tiles">
      {elements.map((element) => (
        <Box key={element.element_id} h={tileHeightPx}>
          <ElementTile element={element} />
        </Box>
      ))}
    </div>
  );
}

const loadElements = (limit: number) => listElements(client, { limit });
