import { Box, Button, Group, Modal, NumberInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { type Account, createAccount, createUniqueId, listAccounts, moveCredits } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { ErrorNote, findField } from '../../parts/error-note.tsx';
import { formatCredits } from '../../parts/format.ts';
import { notifyDone } from '../../parts/notify.ts';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';

/** All accounts with their credits, to make and to top up. */
export function Accounts() {
  const { data, error, refetch } = useQuery({
    queryKey: kept.accounts,
    queryFn: ({ signal }) => listAccounts(client, { limit: 100 }, signal),
  });
  const [isMaking, setMaking] = useState(false);
  const [topped, setTopped] = useState<Account | null>(null);
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows count={4} height={48} />;
  return (
    <Stack>
      <Group>
        <Button variant="default" leftSection={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          New account
        </Button>
      </Group>
      <Box className="surface scrolls">
        <Table miw={520}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Account</Table.Th>
              <Table.Th ta="right">Can be spent</Table.Th>
              <Table.Th ta="right">Held</Table.Th>
              <Table.Th ta="right">Charged</Table.Th>
              <Table.Th aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className="numbers">
            {data.data.map((account) => (
              <Table.Tr key={account.account_id}>
                <Table.Td>{account.name}</Table.Td>
                <Table.Td ta="right">{formatCredits(account.remaining_credits)}</Table.Td>
                <Table.Td ta="right">{formatCredits(account.reserved_credits)}</Table.Td>
                <Table.Td ta="right">{formatCredits(account.used_credits)}</Table.Td>
                <Table.Td ta="right">
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => setTopped(account)}
                    aria-label={`Top up ${account.name}`}
                  >
                    Top up
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Box>
      <Modal opened={isMaking} onClose={() => setMaking(false)} title={<Text fw={600}>New account</Text>}>
        <MakeAccount onDone={() => setMaking(false)} />
      </Modal>
      <Modal
        opened={topped !== null}
        onClose={() => setTopped(null)}
        title={<Text fw={600}>Credits of {topped?.name}</Text>}
      >
        {topped !== null && <MoveCredits account={topped} onDone={() => setTopped(null)} />}
      </Modal>
    </Stack>
  );
}

function MakeAccount({ onDone }: { onDone: () => void }) {
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: (name) => (name.trim() === '' ? 'Give it a name' : null) },
  });
  const submit = async ({ name }: { name: string }) => {
    try {
      await createAccount(client, name.trim());
      void queries.invalidateQueries({ queryKey: kept.accounts });
      notifyDone(`${name.trim()} is made; give it a key and credits`);
      onDone();
    } catch (error) {
      form.setFieldError('name', findField(error)?.message ?? (error as Error).message);
    }
  };
  return (
    <form onSubmit={form.onSubmit((values) => void submit(values))} noValidate>
      <Stack>
        <TextInput label="Name" maxLength={64} required data-autofocus {...form.getInputProps('name')} />
        <Group justify="flex-end">
          <Button type="submit" loading={form.submitting}>
            Make the account
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function MoveCredits({ account, onDone }: { account: Account; onDone: () => void }) {
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  // One for each dialog: pressing twice, or again after a lost answer, moves the credits once.
  const order = useRef(createUniqueId());
  const form = useForm<{ credits: number | string; note: string }>({
    initialValues: { credits: '', note: '' },
    validate: { credits: (credits) => (Number(credits) === 0 ? 'How many?' : null) },
  });
  const submit = async ({ credits, note }: { credits: number | string; note: string }) => {
    setFault(null);
    const move = { credits: Number(credits), ...(note.trim() === '' ? {} : { note: note.trim() }) };
    try {
      const after = await moveCredits(client, account.account_id, move, { idempotencyKey: order.current });
      for (const queryKey of [kept.accounts, kept.credits, kept.transfers]) {
        void queries.invalidateQueries({ queryKey });
      }
      notifyDone(`${after.name} can spend ${formatCredits(after.remaining_credits)} credits now`);
      onDone();
    } catch (error) {
      // What was refused has moved nothing; another amount is another order.
      order.current = createUniqueId();
      setFault(error);
    }
  };
  return (
    <form onSubmit={form.onSubmit((values) => void submit(values))} noValidate>
      <Stack>
        <NumberInput
          label="Credits"
          description={`It can spend ${formatCredits(account.remaining_credits)}. A negative amount takes away.`}
          decimalScale={6}
          thousandSeparator
          required
          data-autofocus
          {...form.getInputProps('credits')}
        />
        <TextInput label="Note" description="Stands in the ledger" maxLength={200} {...form.getInputProps('note')} />
        {fault !== null && <ErrorNote error={fault} />}
        <Group justify="flex-end">
          <Button type="submit" loading={form.submitting}>
            Move the credits
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
