import { Group, SegmentedControl, Stack, Switch, Text, Title, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { getReadiness } from '../../../client/index.ts';
import { apiUrl, client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { useMe } from '../../api/use-me.ts';
import { Copyable } from '../../parts/copy.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { shortcuts, useSingleKeys } from '../../shell/shortcuts.ts';

/** How the console looks, what the keyboard does, who is signed in, and whether the server can work. */
export function SettingsPage() {
  return (
    <Page title="Settings">
      <Appearance />
      <Keyboard />
      <Access />
      <Health />
    </Page>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack className="surface" p="lg" gap="md" component="section" maw={760}>
      <Title order={2}>{title}</Title>
      {children}
    </Stack>
  );
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title="Appearance">
      <SegmentedControl
        aria-label="Color scheme"
        w="fit-content"
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={[
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
          { value: 'auto', label: 'As the system' },
        ]}
      />
    </Section>
  );
}

function Keyboard() {
  const [on, setOn] = useSingleKeys();
  return (
    <Section title="Keyboard">
      <Switch
        label="Single keys do something"
        description="Switch them off where speech input or hands trigger them unasked."
        checked={on}
        onChange={({ currentTarget }) => setOn(currentTarget.checked)}
      />
      <dl className="facts">
        {shortcuts.map(([keys, does]) => (
          <Group key={keys} display="contents">
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </Group>
        ))}
      </dl>
    </Section>
  );
}

function Access() {
  const me = useMe();
  return (
    <Section title="Signed in as">
      <dl className="facts">
        <dt>Key</dt>
        <dd>
          {me.name}{' '}
          <Text span c="dimmed" size="sm">
            {me.hint}
          </Text>
        </dd>
        <dt>Role</dt>
        <dd>
          {me.role} of {me.account.name}
        </dd>
        <dt>API</dt>
        <dd>
          <Copyable value={`${apiUrl}/v1`} label="Copy the address of the API" />
        </dd>
      </dl>
    </Section>
  );
}

const parts: Readonly<Record<string, string>> = {
  database: 'Database',
  storage: 'Storage',
  queue: 'Queue and workers',
  sweep: 'Sweep of old files',
};

function Health() {
  const { data, error, refetch } = useQuery({
    queryKey: kept.readiness,
    queryFn: ({ signal }) => getReadiness(client, signal),
  });
  return (
    <Section title="Is the server well?">
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <SkeletonRows count={4} height={28} />}
      {data !== undefined && (
        <Stack gap="xs">
          {Object.entries(data.parts).map(([part, state]) => (
            <Group key={part} gap="sm">
              {state === 'ok' ? (
                <CircleCheck size={18} color="var(--mantine-color-teal-7)" aria-hidden />
              ) : (
                <CircleAlert size={18} color="var(--mantine-color-error)" aria-hidden />
              )}
              <Text>{parts[part] ?? part}</Text>
              <Text c="dimmed">{state === 'ok' ? 'well' : state}</Text>
            </Group>
          ))}
        </Stack>
      )}
    </Section>
  );
}
