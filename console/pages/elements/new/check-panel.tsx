import { Box, Button, Group, Image, Loader, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { ScanSearch } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { DryRunResult } from '../../../../client/index.ts';
import { useModels } from '../../../api/use-models.ts';
import { ErrorNote } from '../../../parts/error-note.tsx';
import { toOwnLink } from '../../../parts/own-link.ts';
import { Price } from '../../../parts/price.tsx';

const Report = lazy(() => import('../../../parts/report.tsx').then((file) => ({ default: file.Report })));

interface CheckPanelProps {
  check: UseQueryResult<DryRunResult>;
  /** Whether the check waits only for those of single pictures. */
  isNear: boolean;
  /** Why nothing is made yet, in words; null when all is there. */
  missing: string | null;
  fault: unknown;
  isBusy: boolean;
  onMake: () => void;
}

/** What the element will look like and what could be better, its price, and the button that pays: in this order. */
export function CheckPanel({ check, isNear, missing, fault, isBusy, onMake }: CheckPanelProps) {
  const models = useModels();
  const price =
    check.data?.would_reserve_credits ?? models.data?.find(({ id }) => id === 'kling-custom-element')?.credits;
  return (
    <Stack className="surface" p="lg" gap="md" component="section" aria-label="Before you pay">
      <Title order={2}>Before you pay</Title>
      <div aria-live="polite">
        <Findings check={check} isNear={isNear} />
      </div>
      {fault !== null && <ErrorNote error={fault} />}
      <Group justify="space-between" align="center">
        <Price credits={price} />
        <Button size="md" onClick={onMake} loading={isBusy} disabled={missing !== null} flex="1 1 180px">
          Make the element
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mih={20}>
        {missing ?? (check.data !== undefined ? `Usually takes ${check.data.estimated_seconds} s.` : '')}
      </Text>
    </Stack>
  );
}

function Findings({ check, isNear }: { check: UseQueryResult<DryRunResult>; isNear: boolean }) {
  if (check.error !== null) return <ErrorNote error={check.error} onRetry={() => void check.refetch()} />;
  if (check.data !== undefined) {
    const { preview, report } = check.data;
    return (
      <Stack gap="md">
        {preview !== undefined && (
          <div className="framed sheet">
            <Image src={toOwnLink(preview.sheet_url)} alt="The cut-outs, side by side" mah={280} fit="contain" />
          </div>
        )}
        <Suspense>
          <Report findings={report} />
        </Suspense>
      </Stack>
    );
  }
  if (check.isFetching || isNear) {
    return (
      <Stack gap="sm" aria-busy="true">
        <Skeleton height={180} radius="md" />
        <Group gap="xs">
          <Loader size={14} aria-hidden />
          <Text size="sm">Cutting out and comparing the views</Text>
        </Group>
      </Stack>
    );
  }
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <Box className="accent" aria-hidden>
        <ScanSearch size={24} />
      </Box>
      <Text size="sm" c="dimmed">
        Once there are two pictures, or a video, the cut-outs and what could be better about them stand here. The check
        is free.
      </Text>
    </Group>
  );
}
