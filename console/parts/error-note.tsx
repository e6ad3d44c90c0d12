import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { TroupeError } from '../../client/index.ts';

/** What went wrong, in the server's own words, and what can be done; at the place where it happened. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { title, message, advice, requestId } = describeError(error);
  return (
    <Alert color="red" variant="light" icon={<CircleAlert size={18} aria-hidden />} title={title} role="alert">
      <Stack gap="xs">
        <Text size="sm">{message}</Text>
        {advice !== undefined && <Text size="sm">{advice}</Text>}
        {(onRetry !== undefined || requestId !== undefined) && (
          <Group gap="sm">
            {onRetry !== undefined && (
              <Button size="compact-sm" variant="default" onClick={onRetry}>
                Try again
              </Button>
            )}
            {requestId !== undefined && <Code>{requestId}</Code>}
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

interface DescribedError {
  title: string;
  message: string;
  /** What can be done about it, where the message doesn't say that. */
  advice: string | undefined;
  /** Of an answer that's the server's own fault: its operator finds the request by it. */
  requestId: string | undefined;
}

/** An error in words for people. */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof TroupeError)) {
    const message = (error as Error)?.message ?? String(error);
    return { title: 'That did not work', message, advice: undefined, requestId: undefined };
  }
  const { code, status, message, requestId } = error;
  if (code === 'server_unreachable') {
    return {
      title: 'The server does not answer',
      message: 'Nothing was changed. Is it running, and are you online?',
      advice: undefined,
      requestId: undefined,
    };
  }
  const titles: Readonly<Record<number, string>> = {
    402: 'Not enough credits, or the key has ended',
    403: 'Your key may not do this',
    404: 'This is not here',
    409: 'That is not possible any more',
    429: 'Too many requests at once',
    503: 'The server is busy',
  };
  const advices: Readonly<Record<number, string>> = {
    402: 'Top the account up, or use another key.',
    403: 'Sign in with a key that may, or ask for one.',
  };
  const isFault = (status ?? 0) >= 500 && status !== 503;
  const advice = isFault ? 'If it stays so, the operator finds this request by its id.' : advices[status ?? 0];
  const title = titles[status ?? 0] ?? ((status ?? 500) >= 500 ? 'The server has a problem' : 'Please correct this');
  return { title, message, advice, requestId: (status ?? 0) >= 500 ? requestId : undefined };
}

/** The field that an error is about, without what stands before it in its path; undefined when it's about none. */
export function findField(error: unknown): { field: string; message: string } | undefined {
  if (!(error instanceof TroupeError) || error.param === undefined) return undefined;
  return { field: error.param.replace(/\[\d+\]$/, ''), message: error.message.replace(`${error.param}: `, '') };
}
