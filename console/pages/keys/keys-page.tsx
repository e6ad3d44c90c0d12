import { Box, Button, Center, Group, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { KeyRound, Plus, Search } from 'lucide-react';
import { lazy } from 'react';
import { useLocation, useParams } from 'wouter';
import { listKeys } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { useMe, useRole } from '../../api/use-me.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { OnceAsked } from '../../parts/once-asked.tsx';
import { Page } from '../../parts/page.tsx';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { useAddress, useAddressTail } from '../../parts/use-address.ts';
import { KeyRow } from './key-row.tsx';
import { chooseKeys, type KeyOrder, orders } from './key-state.ts';

// With the forms of keys, which take more than the list.
const CreateKeyDialog = lazy(() => import('./create-key.tsx').then((file) => ({ default: file.CreateKeyDialog })));
const KeyDrawer = lazy(() => import('./key-drawer.tsx').then((file) => ({ default: file.KeyDrawer })));

/** All keys that the signed-in one may manage: to make, search, change, disable and delete. */
export function KeysPage() {
  const { id } = useParams<{ id?: string }>();
  const [, go] = useLocation();
  const tail = useAddressTail();
  const me = useMe();
  const isManager = useRole('manager');
  const [query, setQuery] = useAddress('query');
  const [order, setOrder] = useAddress('order');
  const keys = useInfiniteQuery({
    queryKey: [...kept.keys, 'list'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      listKeys(client, { limit: 100, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    enabled: isManager,
  });
  const isMaking = id === 'new';
  const all = keys.data?.pages.flatMap(({ data }) => data) ?? [];
  const rows = chooseKeys(all, query, order in orders ? (order as KeyOrder) : 'newest');
  if (!isManager) return <NotForCallers />;
  return (
    <Page
      title="API keys"
      about="Programs show a key with each request. Give each its own, with no more than it needs."
      actions={
        <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => go(`/keys/new${tail}`)}>
          New key
        </Button>
      }
    >
      <Group gap="sm">
        <TextInput
          aria-label="Search keys"
          placeholder="Search by name, owner or role"
          leftSection={<Search size={16} aria-hidden />}
          value={query}
          onChange={({ currentTarget }) => setQuery(currentTarget.value)}
          data-search
          flex="1 1 220px"
          maw={360}
        />
        <Select
          aria-label="Order"
          w={160}
          allowDeselect={false}
          value={order in orders ? order : 'newest'}
          onChange={(value) => setOrder(value === 'newest' ? null : value)}
          data={Object.entries(orders).map(([value, { label }]) => ({ value, label }))}
        />
      </Group>
      {keys.error !== null && <ErrorNote error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.isPending && <SkeletonRows count={6} height={60} />}
      {keys.data !== undefined && rows.length === 0 && (
        <Empty icon={<KeyRound size={40} />} title="No key is like that">
          {keys.hasNextPage && 'Only the keys that are loaded are searched; load older ones below.'}
        </Empty>
      )}
      {rows.length > 0 && (
        <Box className="surface">
          {rows.map((key) => (
            <KeyRow
              key={key.key_id}
              apiKey={key}
              href={`/keys/${key.key_id}${tail}`}
              isMine={key.key_id === me.key_id}
            />
          ))}
        </Box>
      )}
      {keys.hasNextPage && (
        <Center>
          <Button variant="default" onClick={() => void keys.fetchNextPage()} loading={keys.isFetchingNextPage}>
            Older ones
          </Button>
        </Center>
      )}
      <OnceAsked asked={isMaking}>
        <CreateKeyDialog opened={isMaking} onClose={() => go(`/keys${tail}`)} />
      </OnceAsked>
      <OnceAsked asked={id !== undefined && !isMaking}>
        <KeyDrawer keyId={isMaking ? undefined : id} onClose={() => go(`/keys${tail}`)} />
      </OnceAsked>
    </Page>
  );
}

function NotForCallers() {
  return (
    <Page title="API keys">
      <Empty icon={<KeyRound size={40} />} title="Your key manages no keys">
        It has the role caller. Ask a manager of the account, or sign in with a manager's key.
      </Empty>
    </Page>
  );
}
