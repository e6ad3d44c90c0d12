import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Box, Group, SegmentedControl, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import { getUsage, type UsageLine } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { formatCredits } from '../../parts/format.ts';
import { presentModel } from '../../parts/present-model.ts';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { useAddress } from '../../parts/use-address.ts';

const spans = { '7': 'A week', '30': '30 days', '90': '90 days' } as const;
const groups = { model: 'Model', key: 'Key', status: 'Outcome' } as const;
type Grouping = keyof typeof groups;

/** Credits by day as a chart, and by model, key or outcome as a table. */
export function Spending() {
  const [span, setSpan] = useAddress('days');
  const [by, setBy] = useAddress('by');
  const days = Number(span in spans ? span : 30);
  const group: Grouping = by in groups ? (by as Grouping) : 'model';
  return (
    <Stack gap="lg">
      <Group gap="sm">
        <SegmentedControl
          aria-label="Period"
          size="xs"
          value={String(days)}
          onChange={(value) => setSpan(value === '30' ? null : value)}
          data={Object.entries(spans).map(([value, label]) => ({ value, label }))}
        />
      </Group>
      <ByDay days={days} />
      <Stack gap="sm" component="section">
        <Group justify="space-between">
          <Title order={2}>By {groups[group].toLowerCase()}</Title>
          <SegmentedControl
            aria-label="Table by"
            size="xs"
            value={group}
            onChange={(value) => setBy(value === 'model' ? null : value)}
            data={Object.entries(groups).map(([value, label]) => ({ value, label }))}
          />
        </Group>
        <ByGroup days={days} group={group} />
      </Stack>
    </Stack>
  );
}

/** The day in UTC that lies so many days before today. */
function findDay(daysAgo: number): string {
  return new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
}

function ByDay({ days }: { days: number }) {
  const query = { from: findDay(days - 1), group_by: 'day', limit: 100 };
  const { data, error, refetch } = useQuery({
    queryKey: kept.usage(query),
    queryFn: ({ signal }) => getUsage(client, query, signal),
  });
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows count={1} height={240} />;
  const found = new Map(data.data.map((line) => [line.day, line]));
  const bars = Array.from({ length: days }, (_, at) => {
    const day = findDay(days - 1 - at);
    return { day: day.slice(5), Credits: found.get(day)?.credits ?? 0, Tasks: found.get(day)?.tasks ?? 0 };
  });
  const sum = data.data.reduce((total, { credits }) => total + credits, 0);
  const tasks = data.data.reduce((total, line) => total + line.tasks, 0);
  return (
    <Box className="surface" p="md">
      <Text size="sm" c="dimmed" mb="sm" className="numbers">
        {formatCredits(sum)} credits for {tasks} tasks; days in UTC
      </Text>
      <div role="img" aria-label={`Credits by day: ${formatCredits(sum)} in ${days} days`}>
        <BarChart
          h={220}
          data={bars}
          dataKey="day"
          series={[{ name: 'Credits', color: 'plum.6' }]}
          tickLine="none"
          gridAxis="x"
          barProps={{ radius: [3, 3, 0, 0], maxBarSize: 28, isAnimationActive: false }}
          valueFormatter={formatCredits}
        />
      </div>
    </Box>
  );
}

function ByGroup({ days, group }: { days: number; group: Grouping }) {
  const query = { from: findDay(days - 1), group_by: group, limit: 100 };
  const { data, error, refetch } = useQuery({
    queryKey: kept.usage(query),
    queryFn: ({ signal }) => getUsage(client, query, signal),
  });
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows count={3} height={44} />;
  if (data.data.length === 0) {
    return (
      <Empty icon={<ChartColumn size={40} />} title="Nothing was asked for in this time">
        What you make shows up here at once.
      </Empty>
    );
  }
  const lines = data.data.toSorted((a, b) => b.credits - a.credits);
  return (
    <Box className="surface scrolls">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{groups[group]}</Table.Th>
            <Table.Th ta="right">Tasks</Table.Th>
            <Table.Th ta="right">Credits</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className="numbers">
          {lines.map((line) => (
            <Table.Tr key={nameLine(line, group)}>
              <Table.Td>{nameLine(line, group)}</Table.Td>
              <Table.Td ta="right">{line.tasks}</Table.Td>
              <Table.Td ta="right">{formatCredits(line.credits)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function nameLine({ model, key_id, status }: UsageLine, group: Grouping): string {
  if (group === 'key') return `Key ${key_id}`;
  if (group === 'status') return status ?? '';
  return presentModel(model ?? '');
}
