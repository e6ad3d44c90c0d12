import { Alert, Button, Group, PasswordInput, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { CodeBlock } from '../../parts/code-block.tsx';
import { computeSignature } from './sign.ts';

const code = `import { createHmac, timingSafeEqual } from 'node:crypto';

const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
const signed = \`\${headers['webhook-id']}.\${headers['webhook-timestamp']}.\${rawBody}\`;
const expected = createHmac('sha256', key).update(signed).digest();
const isOurs = headers['webhook-signature'].split(' ').some((one) => {
  const given = Buffer.from(one.replace('v1,', ''), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
});`;

/** A received callback's signature, computed again beside the one that came: where they part, the receiver's fault is found. */
export function Verify() {
  const [verdict, setVerdict] = useState<{ isRight: boolean; computed: string } | null>(null);
  const form = useForm({ initialValues: { secret: '', id: '', timestamp: '', signature: '', body: '' } });
  const check = async ({ secret, signature, ...received }: typeof form.values) => {
    setVerdict(null);
    if (!isSecureContext) {
      form.setFieldError(
        'secret',
        'Browsers compute this over HTTPS or at 127.0.0.1 only; the code beside it does anywhere',
      );
      return;
    }
    try {
      const computed = await computeSignature(secret, received);
      setVerdict({ isRight: signature.trim().split(/\s+/).includes(computed), computed });
    } catch {
      form.setFieldError('secret', 'This is no secret: it begins with whsec_ and goes on in base64');
    }
  };
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <form onSubmit={form.onSubmit((values) => void check(values))} noValidate>
        <Stack className="surface" p="lg">
          <Text>Paste what your receiver got. Nothing of it leaves this page.</Text>
          <PasswordInput
            label="Secret"
            placeholder="whsec_…"
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the secret' }}
            {...form.getInputProps('secret')}
          />
          <TextInput label="webhook-id" {...form.getInputProps('id')} />
          <TextInput label="webhook-timestamp" {...form.getInputProps('timestamp')} />
          <TextInput label="webhook-signature" placeholder="v1,…" {...form.getInputProps('signature')} />
          <Textarea label="Body, as it came" autosize minRows={4} maxRows={12} {...form.getInputProps('body')} />
          <Group>
            <Button type="submit">Compute the signature</Button>
          </Group>
          {verdict !== null && <Verdict {...verdict} />}
        </Stack>
      </form>
      <Stack gap="sm">
        <Text c="dimmed">The same in your receiver:</Text>
        <CodeBlock text={code} label="Check of the signature in TypeScript" />
      </Stack>
    </SimpleGrid>
  );
}

function Verdict({ isRight, computed }: { isRight: boolean; computed: string }) {
  return (
    <Alert
      color={isRight ? 'teal' : 'red'}
      icon={isRight ? <CircleCheck size={18} aria-hidden /> : <CircleAlert size={18} aria-hidden />}
      title={isRight ? 'The signature is right' : 'The signature does not belong to this'}
      role="status"
    >
      <Text size="sm" className="breaks">
        Computed: <code>{computed}</code>
      </Text>
      {!isRight && (
        <Text size="sm">
          Most often the body was parsed and written anew: the signature covers its raw bytes. Else the secret is
          another account's.
        </Text>
      )}
    </Alert>
  );
}
