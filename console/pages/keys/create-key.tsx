import { Alert, Button, Code, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Copy, ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { createKey, listAccounts } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { useMe, useRole } from '../../api/use-me.ts';
import { ErrorNote, findField } from '../../parts/error-note.tsx';
import { useCopy } from '../../parts/use-copy.ts';
import { KeyFields, type KeyValues, RoleSelect, toBounds, toValues } from './key-form.tsx';

/** Makes a key and shows it once, in the same dialog, which then closes only by a word that it was kept. */
export function CreateKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  // The key lives here alone: in no address, no storage and not among what is kept of queries.
  const [made, setMade] = useState<string | null>(null);
  const close = () => {
    setMade(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={<Text fw={600}>{made === null ? 'New API key' : 'Keep this key now'}</Text>}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={made === null}
      withCloseButton={made === null}
    >
      {made === null ? <CreateForm onMade={setMade} /> : <ShownOnce secret={made} onKept={close} />}
    </Modal>
  );
}

function CreateForm({ onMade }: { onMade: (key: string) => void }) {
  const queries = useQueryClient();
  const isAdmin = useRole('admin');
  const [fault, setFault] = useState<unknown>(null);
  const form = useForm<KeyValues>({
    initialValues: toValues(),
    validate: { name: (name) => (name.trim() === '' ? 'Give it a name' : null) },
  });
  const submit = async (values: KeyValues) => {
    setFault(null);
    const bounds = Object.fromEntries(Object.entries(toBounds(values)).filter(([, value]) => value !== null));
    const account = values.account === '' ? {} : { account: values.account };
    try {
      const made = await createKey(client, { ...bounds, name: values.name.trim(), role: values.role, ...account });
      void queries.invalidateQueries({ queryKey: kept.keys });
      onMade(made.key);
    } catch (error) {
      const found = findField(error);
      if (found !== undefined && found.field in values) form.setFieldError(found.field, found.message);
      else setFault(error);
    }
  };
  return (
    <form onSubmit={form.onSubmit((values) => void submit(values))} noValidate>
      <Stack>
        <KeyFields form={form}>
          <RoleSelect form={form} />
          {isAdmin && (
            <AccountSelect value={form.values.account} onChange={(id) => form.setFieldValue('account', id)} />
          )}
        </KeyFields>
        {fault !== null && <ErrorNote error={fault} />}
        <Group justify="flex-end">
          <Button type="submit" loading={form.submitting}>
            Make the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function AccountSelect({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const me = useMe();
  const { data } = useQuery({
    queryKey: kept.accounts,
    queryFn: ({ signal }) => listAccounts(client, { limit: 100 }, signal),
  });
  const accounts = data?.data ?? [{ account_id: me.account.account_id, name: me.account.name }];
  return (
    <Select
      label="Account"
      description="Whose credits it spends"
      searchable
      allowDeselect={false}
      value={value === '' ? String(me.account.account_id) : value}
      onChange={(id) => onChange(id ?? '')}
      data={accounts.map(({ account_id, name }) => ({ value: String(account_id), label: name }))}
    />
  );
}

function ShownOnce({ secret, onKept }: { secret: string; onKept: () => void }) {
  const { copied, copy } = useCopy(secret);
  return (
    <Stack>
      <Alert color="yellow" icon={<ShieldAlert size={18} aria-hidden />}>
        The server keeps only its fingerprint. Once this dialog is closed nobody can see the key again.
      </Alert>
      <Code block fz="md" className="breaks" aria-label="The new key" data-testid="new-key">
        {secret}
      </Code>
      <Group justify="flex-end">
        <Button
          variant="default"
          onClick={copy}
          leftSection={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
        <Button onClick={onKept}>I saved it</Button>
      </Group>
    </Stack>
  );
}
