import { Skeleton, Stack } from '@mantine/core';

const sizes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** Where rows will stand: of their height, so that nothing jumps when they come. */
export function SkeletonRows({ count, height }: { count: number; height: number }) {
  return (
    <Stack gap="xs" aria-busy="true" aria-label="Loading">
      {sizes.slice(0, count).map((at) => (
        <Skeleton key={at} height={height} radius="md" />
      ))}
    </Stack>
  );
}
