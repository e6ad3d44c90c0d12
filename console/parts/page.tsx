import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

interface PageProps {
  title: string;
  /** One sentence on what this is for. */
  about?: ReactNode;
  /** What one does here, at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: its title, also in the tab, its actions and its content. */
export function Page({ title, about, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Troupe`;
  }, [title]);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={2} miw={0} flex="1 1 260px">
          <Title order={1}>{title}</Title>
          {about !== undefined && (
            <Text c="dimmed" maw={640}>
              {about}
            </Text>
          )}
        </Stack>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
