import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { useCredits } from '../../api/use-credits.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { formatCredits } from '../../parts/format.ts';

/** Three figures: what can be spent, what running tasks hold, what was charged. */
export function Money() {
  const { data, error, refetch } = useCredits();
  if (error !== null && data === undefined) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const figures = [
    { label: 'Can be spent', value: data?.user.remaining_credits },
    { label: 'Held by tasks', value: data?.user.reserved_credits },
    { label: 'Charged so far', value: data?.user.used_credits },
  ];
  return (
    <Group gap={0} className="surface figures">
      {figures.map(({ label, value }) => (
        <Stack key={label} gap={2} px="lg" py="md" flex="1 1 120px">
          <Text size="sm" c="dimmed">
            {label}
          </Text>
          {value === undefined ? (
            <Skeleton height={30} width={90} />
          ) : (
            <Text fz="1.5rem" lh={1.25} fw={600} className="numbers">
              {formatCredits(value)}{' '}
              <Text span size="sm" c="dimmed" fw={400}>
                credits
              </Text>
            </Text>
          )}
        </Stack>
      ))}
    </Group>
  );
}
