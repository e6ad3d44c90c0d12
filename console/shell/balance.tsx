import { Group, Skeleton, Text, Tooltip } from '@mantine/core';
import { Coins } from 'lucide-react';
import { useCredits } from '../api/use-credits.ts';
import { formatCredits } from '../parts/format.ts';

/** What can be spent now, always in sight. */
export function Balance() {
  const { data, isPending } = useCredits();
  if (isPending) return <Skeleton w={110} h={20} />;
  if (data === undefined) return null;
  const { remaining_credits, reserved_credits } = data.user;
  const held = reserved_credits > 0 ? `, ${formatCredits(reserved_credits)} held by running tasks` : '';
  return (
    <Tooltip label={`${formatCredits(remaining_credits)} credits can be spent${held}`}>
      <Group gap={6} wrap="nowrap" className="numbers">
        <Coins size={16} aria-hidden />
        <Text size="sm" fw={600}>
          {formatCredits(remaining_credits)}
        </Text>
        <Text size="sm" c="dimmed" visibleFrom="xs">
          credits
        </Text>
      </Group>
    </Tooltip>
  );
}
