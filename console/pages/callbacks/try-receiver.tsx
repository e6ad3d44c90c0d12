import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { getHotkeyHandler } from '@mantine/hooks';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type CallbackTest, testCallback } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { ErrorNote, findField } from '../../parts/error-note.tsx';

/** Sends one signed example to an address and says what came of it. */
export function TryReceiver() {
  const [url, setUrl] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<CallbackTest | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const send = async () => {
    setBusy(true);
    setFault(null);
    setOutcome(null);
    try {
      setOutcome(await testCallback(client, url.trim()));
    } catch (error) {
      setFault(error);
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const atField = findField(fault);
  return (
    <Stack className="surface" p="lg" maw={720} component="section">
      <Text>One example is sent at once, signed with your account's secret. Its body says that it's a test.</Text>
      <form onSubmit={submit} noValidate>
        <Group align="flex-start">
          <TextInput
            flex="1 1 260px"
            aria-label="Address of the receiver"
            placeholder="https://example.com/hook"
            type="url"
            value={url}
            onChange={({ currentTarget }) => setUrl(currentTarget.value)}
            onKeyDown={getHotkeyHandler([['mod+Enter', () => void send()]])}
            error={atField?.message}
          />
          <Button type="submit" loading={isBusy} disabled={url.trim() === ''}>
            Send the example
          </Button>
        </Group>
      </form>
      {fault !== null && atField === undefined && <ErrorNote error={fault} />}
      {outcome !== null && <Outcome outcome={outcome} />}
    </Stack>
  );
}

function Outcome({ outcome }: { outcome: CallbackTest }) {
  const isTaken = outcome.outcome === 'accepted';
  return (
    <Alert
      color={isTaken ? 'teal' : 'red'}
      icon={isTaken ? <CircleCheck size={18} aria-hidden /> : <CircleAlert size={18} aria-hidden />}
      title={isTaken ? 'The receiver has taken it' : 'The receiver did not take it'}
      role="status"
    >
      {outcome.status_code !== null && `Status ${outcome.status_code}. `}
      {outcome.detail}
      {outcome.duration_ms !== null && ` It took ${outcome.duration_ms} ms.`}
    </Alert>
  );
}
