import { Alert, Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeKey, deleteKey, getKey, type Key, type KeyChange } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { useMe } from '../../api/use-me.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { ErrorNote, findField } from '../../parts/error-note.tsx';
import { notifyDone } from '../../parts/notify.ts';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { KeyFields, type KeyValues, toBounds, toValues } from './key-form.tsx';

/** One key: what it may do, to change; disable it, delete it. */
export function KeyDrawer({ keyId, onClose }: { keyId: string | undefined; onClose: () => void }) {
  return (
    <Drawer
      opened={keyId !== undefined}
      onClose={onClose}
      position="right"
      size="md"
      title={<Text fw={600}>API key</Text>}
      closeButtonProps={{ 'aria-label': 'Close the key' }}
    >
      {keyId !== undefined && <LoadedKey keyId={Number(keyId)} onClose={onClose} />}
    </Drawer>
  );
}

function LoadedKey({ keyId, onClose }: { keyId: number; onClose: () => void }) {
  const key = useQuery({
    queryKey: [...kept.keys, keyId],
    queryFn: ({ signal }) => getKey(client, keyId, signal),
  });
  if (key.error !== null) return <ErrorNote error={key.error} onRetry={() => void key.refetch()} />;
  if (key.data === undefined) return <SkeletonRows count={6} height={56} />;
  return <KeyEditor key={keyId} apiKey={key.data} onClose={onClose} />;
}

function KeyEditor({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const queries = useQueryClient();
  const me = useMe();
  const [fault, setFault] = useState<unknown>(null);
  const [isDeleting, setDeleting] = useState(false);
  const form = useForm<KeyValues>({ initialValues: toValues(apiKey) });
  const isMine = me.key_id === apiKey.key_id;

  const change = async (wish: KeyChange, done: string) => {
    setFault(null);
    try {
      queries.setQueryData([...kept.keys, apiKey.key_id], await changeKey(client, apiKey.key_id, wish));
      void queries.invalidateQueries({ queryKey: kept.keys });
      notifyDone(done);
    } catch (error) {
      const found = findField(error);
      if (found !== undefined && found.field in form.values) form.setFieldError(found.field, found.message);
      else setFault(error);
    }
  };
  const remove = async () => {
    await deleteKey(client, apiKey.key_id);
    onClose();
    void queries.invalidateQueries({ queryKey: kept.keys });
    notifyDone(`${apiKey.name} is deleted`);
  };
  return (
    <Stack gap="lg">
      <Stack gap={2}>
        <Title order={2} className="breaks">
          {apiKey.name}
        </Title>
        <Text c="dimmed" size="sm">
          {apiKey.hint} · {apiKey.role} of {apiKey.account.name}
        </Text>
      </Stack>
      {isMine && (
        <Alert color="gray" variant="light">
          You are signed in with this key. It can't disable or delete itself; another one can.
        </Alert>
      )}
      <form onSubmit={form.onSubmit((values) => void change(toBounds(values), 'Saved'))} noValidate>
        <Stack>
          <KeyFields form={form} />
          {fault !== null && <ErrorNote error={fault} />}
          <Group>
            <Button type="submit" loading={form.submitting} disabled={!form.isDirty()}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
      {!isMine && (
        <Group>
          <Button
            variant="default"
            onClick={() => void change({ disabled: !apiKey.disabled }, apiKey.disabled ? 'It works again' : 'Disabled')}
          >
            {apiKey.disabled ? 'Enable' : 'Disable'}
          </Button>
          <Button color="red" variant="outline" onClick={() => setDeleting(true)}>
            Delete
          </Button>
        </Group>
      )}
      <Confirm
        opened={isDeleting}
        title={`Delete ${apiKey.name}?`}
        action="Delete the key"
        onConfirm={remove}
        onClose={() => setDeleting(false)}
      >
        Programs that use it are refused at once, and its browsers are signed out. Its tasks and elements stay.
      </Confirm>
    </Stack>
  );
}
