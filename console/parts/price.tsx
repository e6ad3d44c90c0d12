import { Skeleton, Text } from '@mantine/core';
import { formatCredits } from './format.ts';

/** What something costs, or at most; a place of the same size while that isn't known. */
export function Price({ credits, isMost = false }: { credits: number | undefined; isMost?: boolean }) {
  if (credits === undefined) return <Skeleton height={30} width={110} />;
  return (
    <Text fz="1.5rem" lh={1.25} fw={600} className="numbers" data-price>
      {isMost && (
        <Text span size="sm" c="dimmed" fw={400}>
          up to{' '}
        </Text>
      )}
      {formatCredits(credits)}{' '}
      <Text span size="sm" c="dimmed" fw={400}>
        {credits === 1 ? 'credit' : 'credits'}
      </Text>
    </Text>
  );
}
