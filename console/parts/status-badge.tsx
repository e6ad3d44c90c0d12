import { Badge, type BadgeProps } from '@mantine/core';
import type { Task } from '../../client/index.ts';

const looks: Readonly<Record<Task['status'], { color: string; label: string }>> = {
  pending: { color: 'gray', label: 'waiting' },
  processing: { color: 'blue', label: 'working' },
  completed: { color: 'teal', label: 'completed' },
  failed: { color: 'red', label: 'failed' },
  cancelled: { color: 'gray', label: 'cancelled' },
};

/** The state of a task in a word and a color; the word alone says it too. */
export function StatusBadge({ status, progress, ...rest }: { status: Task['status']; progress?: number } & BadgeProps) {
  const { color, label } = looks[status];
  const text = status === 'processing' && progress !== undefined && progress > 0 ? `${label} ${progress} %` : label;
  return (
    <ToneBadge tone={color} {...rest}>
      {text}
    </ToneBadge>
  );
}

/** A badge whose words are dark enough on its ground, in both schemes. */
export function ToneBadge({ tone, ...rest }: { tone: string } & BadgeProps & { children: React.ReactNode }) {
  return (
    <Badge
      variant="light"
      radius="sm"
      tt="none"
      fw={500}
      {...rest}
      styles={{
        root: {
          flexShrink: 0,
          minWidth: 'max-content',
          background: `light-dark(var(--mantine-color-${tone}-1), color-mix(in srgb, var(--mantine-color-${tone}-8) 45%, transparent))`,
          color: `light-dark(color-mix(in srgb, var(--mantine-color-${tone}-9) 85%, black), var(--mantine-color-${tone}-1))`,
        },
      }}
    />
  );
}
