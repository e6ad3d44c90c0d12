import { Alert, Box, Button, Collapse, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { CircleCheck, Code } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import type { MediaRequest } from '../../api/media-request.ts';
import { checkMedia } from '../../api/run-check.ts';
import { useCredits } from '../../api/use-credits.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { formatCredits } from '../../parts/format.ts';
import { Price } from '../../parts/price.tsx';

const Report = lazy(() => import('../../parts/report.tsx').then((file) => ({ default: file.Report })));
const CodeSamples = lazy(() => import('../../parts/code-samples.tsx').then((file) => ({ default: file.CodeSamples })));

interface RunPanelProps {
  request: MediaRequest;
  makes: 'video' | 'image';
  /** Of pictures. */
  count: number;
  price: number | undefined;
  /** Whether the price is that of the longest video that may come of it. */
  isMost: boolean;
  /** What is missing or wrong, in words; null when it can be sent. */
  fault: string | null;
  refusal: unknown;
  isBusy: boolean;
  onRun: () => void;
}

/** The price as one types, the free check, the button that pays, and the same request as code. */
export function RunPanel({ request, makes, count, price, isMost, fault, refusal, isBusy, onRun }: RunPanelProps) {
  const [isCodeOpen, code] = useDisclosure(false);
  const credits = useCredits();
  const check = useMutation({ mutationFn: () => checkMedia(makes, request, AbortSignal.timeout(600_000)) });
  const { reset } = check;
  const text = JSON.stringify(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another request is not what was checked
  useEffect(reset, [text, reset]);
  const left = credits.data?.user.remaining_credits;
  const isShort = price !== undefined && left !== undefined && left < price;
  return (
    <Stack className="surface" p="lg" gap="md" component="section" aria-label="Run">
      <Title order={2}>Run</Title>
      <Group justify="space-between">
        <Price credits={price} isMost={isMost} />
        {left !== undefined && (
          <Text size="sm" c={isShort ? 'var(--mantine-color-error)' : 'dimmed'}>
            {isShort ? `only ${formatCredits(left)} are left` : `of ${formatCredits(left)}`}
          </Text>
        )}
      </Group>
      <div aria-live="polite">
        {check.error !== null && <ErrorNote error={check.error} />}
        {check.data !== undefined && (
          <Alert color="teal" icon={<CircleCheck size={18} aria-hidden />} title="It can be run">
            {`It would hold back ${formatCredits(check.data.would_reserve_credits)} credits and usually takes ${check.data.estimated_seconds} s.`}
          </Alert>
        )}
        {check.data !== undefined && check.data.report.length > 0 && (
          <Suspense>
            <Box mt="sm">
              <Report findings={check.data.report} />
            </Box>
          </Suspense>
        )}
        {refusal !== null && <ErrorNote error={refusal} />}
      </div>
      <Group gap="xs" grow preventGrowOverflow={false}>
        <Button
          variant="default"
          onClick={() => check.mutate()}
          loading={check.isPending}
          disabled={fault !== null}
          aria-describedby="studio-fault"
        >
          Check for free
        </Button>
        <Button onClick={onRun} loading={isBusy} disabled={fault !== null} aria-describedby="studio-fault">
          {makes === 'video' ? 'Make the video' : count === 1 ? 'Make the picture' : `Make ${count} pictures`}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mih={20} id="studio-fault">
        {fault ?? ''}
      </Text>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<Code size={16} aria-hidden />}
        onClick={code.toggle}
        aria-expanded={isCodeOpen}
        w="fit-content"
      >
        The same as code
      </Button>
      <Collapse expanded={isCodeOpen}>
        <Suspense>{isCodeOpen && <CodeSamples request={request} makes={makes} />}</Suspense>
      </Collapse>
    </Stack>
  );
}
