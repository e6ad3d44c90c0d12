import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { listCallbackSecrets, rotateCallbackSecret } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { CopyIcon } from '../../parts/copy.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { notifyDone } from '../../parts/notify.ts';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { Time } from '../../parts/time.tsx';

/** What callbacks are signed with, and a new one in its place. */
export function Secrets() {
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: kept.secrets,
    queryFn: ({ signal }) => listCallbackSecrets(client, signal),
    // Secrets are not kept longer than they are looked at.
    gcTime: 0,
  });
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows count={2} height={64} />;
  const rotate = async () => {
    queries.setQueryData(kept.secrets, await rotateCallbackSecret(client));
    notifyDone('The new secret signs from now on, the old one beside it for 24 hours');
  };
  return (
    <Stack className="surface" p="lg" maw={720}>
      {data.map(({ secret, created_at, expires_at }, at) => (
        <Group key={secret} align="flex-end" wrap="nowrap" gap="xs">
          <PasswordInput
            flex={1}
            readOnly
            value={secret}
            label={at === 0 ? 'Secret' : 'Old secret'}
            description={
              expires_at === null ? (
                <>
                  Made <Time at={created_at} />
                </>
              ) : (
                <>
                  Signs until <Time at={expires_at} />
                </>
              )
            }
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the secret' }}
          />
          <CopyIcon value={secret} label="Copy the secret" />
        </Group>
      ))}
      <Text size="sm" c="dimmed">
        After a rotation both secrets sign for 24 hours: give your receivers the new one in that time.
      </Text>
      <Group>
        <Button variant="default" onClick={() => setAsking(true)}>
          Make a new secret
        </Button>
      </Group>
      <Confirm
        opened={isAsking}
        title="Make a new secret?"
        action="Make a new secret"
        onConfirm={rotate}
        onClose={() => setAsking(false)}
      >
        Receivers that know only the old one refuse callbacks after 24 hours.
      </Confirm>
    </Stack>
  );
}
