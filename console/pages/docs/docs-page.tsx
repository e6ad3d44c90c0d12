import { Anchor, Box, Burger, Group, NavLink, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useEffect } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { useSession } from '../../api/use-me.ts';
import type { GuideTitle } from '../../guides-plugin.ts';
import iconUrl from '../../icon.svg';
import { ErrorNote } from '../../parts/error-note.tsx';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { useAddress } from '../../parts/use-address.ts';
import classes from './docs-page.module.css';
import { GuideView } from './guide-view.tsx';
import { guides, loadGuide, loadGuides, searchGuides } from './guides.ts';
import { Reference } from './reference.tsx';

/** The guides and the API reference in one place that is searched as one, for strangers too. */
export function DocsPage() {
  const { id = 'getting-started' } = useParams<{ id?: string }>();
  const [query, setQuery] = useAddress('query');
  const [isOpen, menu] = useDisclosure(false);
  const [location] = useLocation();
  const { me } = useSession();
  const guide = guides.find((one) => one.id === id);
  const title = query !== '' ? 'Search' : id === 'api' ? 'API reference' : (guide?.title ?? 'Not found');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => {
    document.title = `${title} · Troupe`;
    window.scrollTo(0, 0);
  }, [title, location]);
  return (
    <Box className={classes.page}>
      <Box className={classes.bar} component="header">
        <Group justify="space-between" wrap="nowrap" h={56} px="md">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={menu.toggle} hiddenFrom="sm" size="sm" aria-label="Contents" />
            <Link href="/docs" className="quiet-link">
              <Group gap={10} wrap="nowrap">
                <img src={iconUrl} width={26} height={26} alt="" />
                <Text fw={650} size="lg">
                  Troupe docs
                </Text>
              </Group>
            </Link>
          </Group>
          <Anchor component={Link} href={me ? '/' : '/sign-in'} c="var(--troupe-accent-text)">
            {me ? 'Console' : 'Sign in'}
          </Anchor>
        </Group>
      </Box>
      <Box className={classes.side} data-open={isOpen || undefined} component="nav" aria-label="Contents">
        <TextInput
          aria-label="Search the documentation"
          placeholder="Search"
          leftSection={<Search size={16} aria-hidden />}
          value={query}
          onChange={({ currentTarget }) => setQuery(currentTarget.value)}
          data-search
          mb="sm"
        />
        <ScrollArea flex={1} type="never">
          <NavLink component={Link} href="/docs/api" label="API reference" active={id === 'api'} bdrs="md" fw={600} />
          {guides.map((one) => (
            <NavLink
              key={one.id}
              component={Link}
              href={one.id === 'getting-started' ? '/docs' : `/docs/${one.id}`}
              label={one.title}
              active={one.id === id}
              onClick={menu.close}
              bdrs="md"
            />
          ))}
        </ScrollArea>
      </Box>
      <Box className={classes.content} component="main">
        {query !== '' ? (
          <Results query={query} />
        ) : id === 'api' ? (
          <Reference query="" />
        ) : guide === undefined ? (
          <Text>There is no guide of this name.</Text>
        ) : (
          <Shown id={guide.id} title={guide.title} />
        )}
      </Box>
    </Box>
  );
}

function Shown({ id, title }: GuideTitle) {
  const { data, error, refetch } = useQuery({
    queryKey: ['guide', id],
    queryFn: () => loadGuide(id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data !== undefined) return <GuideView guide={data} />;
  return (
    <Stack>
      <h1 className={classes.title}>{title}</h1>
      {error === null ? (
        <SkeletonRows count={6} height={40} />
      ) : (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      )}
    </Stack>
  );
}

function Results({ query }: { query: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['guides'],
    queryFn: loadGuides,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const found = searchGuides(data ?? [], query);
  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <h1 className={classes.title}>Search</h1>
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <SkeletonRows count={3} height={56} />}
        {data !== undefined && found.length === 0 && <Text c="dimmed">No guide holds these words.</Text>}
        {found.slice(0, 8).map(({ guide, around }) => (
          <Link key={guide.id} href={`/docs/${guide.id}`} className="tile" data-row>
            <Box p="sm">
              <Text fw={600}>{guide.title}</Text>
              <Text size="sm" c="dimmed">
                {around}
              </Text>
            </Box>
          </Link>
        ))}
      </Stack>
      <Reference query={query} />
    </Stack>
  );
}
