import { Anchor, Box, Button, Center, Code, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { signIn } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { setMe } from '../../api/queries.ts';
import iconUrl from '../../icon.svg';
import { describeError } from '../../parts/error-note.tsx';

/** One field: the API key. It's sent once and kept nowhere in the browser. */
export function SignInPage() {
  const queries = useQueryClient();
  const [key, setKey] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    document.title = 'Sign in · Troupe';
  }, []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() === '') return setFault('Paste an API key; it begins with sk-troupe');
    setBusy(true);
    setFault(null);
    try {
      const me = await signIn(client, { key });
      setMe(queries, me);
    } catch (error) {
      setFault(describeError(error).message);
      setBusy(false);
    }
  };

  return (
    <Center mih="100vh" p="md">
      <Stack w="100%" maw={400} gap="lg" component="main">
        <Stack align="center" gap="sm">
          <img src={iconUrl} width={48} height={48} alt="" />
          <Title order={1}>Sign in to Troupe</Title>
        </Stack>
        <Paper p="lg" bg="var(--troupe-surface)">
          <form onSubmit={(event) => void submit(event)} noValidate>
            <Stack>
              <PasswordInput
                label="API key"
                placeholder="sk-troupe…"
                autoComplete="off"
                autoFocus
                value={key}
                onChange={({ currentTarget }) => setKey(currentTarget.value)}
                error={fault}
                visibilityToggleButtonProps={{ 'aria-label': 'Show the key' }}
              />
              <Button type="submit" loading={isBusy} fullWidth>
                Sign in
              </Button>
            </Stack>
          </form>
        </Paper>
        <Box>
          <Text size="sm" c="dimmed">
            Where is my key? The first start of the server prints one, and at each start a link that signs you in. On
            the server's machine <Code>npm run -s troupe -- keys create --name me --role admin</Code> makes another one.{' '}
            <Anchor component={Link} href="/docs" size="sm" c="var(--troupe-accent-text)" underline="always">
              Documentation
            </Anchor>
          </Text>
        </Box>
      </Stack>
    </Center>
  );
}
