import { Badge, Box, Button, Code, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getApiDocument } from '../../../client/index.ts';
import { apiUrl, client } from '../../api/client.ts';
import { useSession } from '../../api/use-me.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { listFields, listOperations, type Operation, writeCurl } from './read-document.ts';

const tones: Readonly<Record<string, string>> = {
  GET: 'teal',
  POST: 'plum',
  PATCH: 'violet',
  PUT: 'violet',
  DELETE: 'red',
};

/** Every route of this server with its fields, of those that hold the words of the query; read from the server's own document. */
export function Reference({ query }: { query: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['api-document'],
    queryFn: ({ signal }) => getApiDocument(client, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows count={6} height={72} />;
  const operations = listOperations(data, query);
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return (
    <Stack gap="lg">
      {query === '' ? <Title order={1}>API reference</Title> : <Title order={2}>In the API reference</Title>}
      {operations.length === 0 && <Text c="dimmed">No route holds these words.</Text>}
      {tags.map((tag) => (
        <Stack key={tag} gap="sm" component="section">
          <Title order={2}>{tag}</Title>
          {operations
            .filter((one) => one.tag === tag)
            .map((one) => (
              <OperationCard key={one.id} operation={one} document={data} />
            ))}
        </Stack>
      ))}
    </Stack>
  );
}

function OperationCard({ operation, document }: { operation: Operation; document: object }) {
  const [isOpen, setOpen] = useState(false);
  const { method, path, summary, description, role } = operation;
  return (
    <Box className="surface">
      <button type="button" className="row plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} data-row>
        <Group gap="sm" wrap="nowrap" miw={0}>
          <Badge variant="filled" color={`${tones[method] ?? 'gray'}.9`} radius="sm" miw={64}>
            {method}
          </Badge>
          <Stack gap={0} miw={0} align="flex-start">
            <Text fw={500} ta="left">
              {summary}
            </Text>
            <Text size="sm" c="dimmed" ff="monospace" className="breaks" ta="left">
              {path}
            </Text>
          </Stack>
        </Group>
      </button>
      {isOpen && (
        <Stack p="md" gap="md">
          {description !== '' && <Text>{description.replaceAll('`', '')}</Text>}
          {role !== undefined && (
            <Text size="sm">
              Takes a key of the role <Code>{role}</Code> or a higher one.
            </Text>
          )}
          <Fields operation={operation} document={document} />
          <CodeBlock text={writeCurl(operation, apiUrl)} label={`${summary} with curl`} />
          <Run operation={operation} />
        </Stack>
      )}
    </Box>
  );
}

function Fields({ operation, document }: { operation: Operation; document: object }) {
  const fields = listFields(operation, document);
  if (fields.length === 0) return null;
  return (
    <Box className="scrolls">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Field</Table.Th>
            <Table.Th>Type</Table.Th>
            <Table.Th>Meaning</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map(({ name, where, type, isNeeded, meaning }) => (
            <Table.Tr key={`${where} ${name}`}>
              <Table.Td>
                <Code>{name}</Code>
                {isNeeded && (
                  <Text span size="xs" c="dimmed">
                    {' '}
                    needed
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Text size="sm" c="dimmed">
                  {type}, {where}
                </Text>
              </Table.Td>
              <Table.Td>{meaning.replaceAll('`', '')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

/** What only reads can be tried with the signed-in key. */
function Run({ operation }: { operation: Operation }) {
  const { me } = useSession();
  const [answer, setAnswer] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { method, path } = operation;
  const isAStream = path.endsWith('/events');
  if (!me || method !== 'GET' || path.includes('{') || isAStream) return null;
  const run = async () => {
    setBusy(true);
    try {
      const got = await client.fetch(`${apiUrl}${path}`, { headers: { accept: 'application/json' } });
      const text = await got.text();
      setAnswer(`${got.status}\n${pretty(text)}`);
    } catch (error) {
      setAnswer((error as Error).message);
    }
    setBusy(false);
  };
  return (
    <Stack gap="xs">
      <Group>
        <Button size="compact-sm" variant="default" onClick={() => void run()} loading={isBusy}>
          Run it with your key
        </Button>
      </Group>
      {answer !== null && <CodeBlock text={answer} label="Answer" />}
    </Stack>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
