import { Stack, Text, Title } from '@mantine/core';
import { CodeBlock } from '../../parts/code-block.tsx';

/** The least that a receiver needs. */
const receiverCode = `import { createServer } from 'node:http';
import { verifyCallback } from './client/index.ts';

const secret = process.env.TROUPE_CALLBACK_SECRET; // whsec_…

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks); // the raw bytes: the signature covers them
  try {
    const { id } = verifyCallback({ secret, headers: request.headers, body });
    console.log(id, JSON.parse(body.toString()).status);
    response.writeHead(204).end();
  } catch {
    response.writeHead(401).end();
  }
}).listen(3000);`;

/** A receiver to copy, and how to have callbacks on one's own machine. */
export function Receiver() {
  return (
    <Stack gap="sm" className="surface" p="lg">
      <Title order={2}>A receiver to begin with</Title>
      <Text c="dimmed">
        On your own machine no public address is needed:{' '}
        <code>troupe listen --forward-to http://localhost:3000/hook</code> posts every finished task there, signed in
        the same way.
      </Text>
      <CodeBlock text={receiverCode} label="Receiver in TypeScript" />
    </Stack>
  );
}
