import { Autocomplete, Button, FileButton, Group, Select, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Boxes, PackageOpen, Plus, Search } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { importElement } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { GroundSwitch } from '../../parts/ground.tsx';
import { notifyDone } from '../../parts/notify.ts';
import { Page } from '../../parts/page.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { ElementGrid } from './element-grid.tsx';
import { type ElementFilters, elementPage } from './element-pages.ts';
import { tileHeightPx } from './element-tile.tsx';

/** The library: every element by its sheet, found by words, tag and kind, however many there are. */
export function ElementsPage() {
  const filters = useFilters();
  const first = useQuery({ ...elementPage(filters, 1), placeholderData: keepPreviousData });
  const [importFault, setImportFault] = useState<unknown>(null);
  const total = first.data?.total;
  const isFiltered = Object.keys(filters).some((name) => name !== 'order');
  return (
    <Page
      title="Elements"
      about={describeTotal(total, isFiltered)}
      actions={
        <>
          <ImportButton onFault={setImportFault} />
          <Button component={Link} href="/elements/new" leftSection={<Plus size={16} aria-hidden />}>
            New element
          </Button>
        </>
      }
    >
      {importFault !== null && <ErrorNote error={importFault} />}
      {(isFiltered || total !== 0) && <Filters tags={listTags(first.data?.data ?? [])} />}
      {first.error !== null && <ErrorNote error={first.error} onRetry={() => void first.refetch()} />}
      {first.isPending && <GridSkeleton />}
      {total === 0 && <NoElements isFiltered={isFiltered} />}
      {total !== undefined && total > 0 && (
        <ElementGrid key={JSON.stringify(filters)} filters={filters} total={total} />
      )}
    </Page>
  );
}

function useFilters(): ElementFilters {
  const [query] = useAddress('query');
  const [tag] = useAddress('tag');
  const [kind] = useAddress('kind');
  const [order] = useAddress('order');
  return {
    ...(query === '' ? {} : { query }),
    ...(tag === '' ? {} : { tag }),
    ...(kind === 'image_refer' || kind === 'video_refer' ? { reference_type: kind } : {}),
    ...(order === 'oldest' || order === 'name' ? { order } : {}),
  };
}

function describeTotal(total: number | undefined, isFiltered: boolean) {
  if (total === undefined) return <Skeleton component="span" display="inline-block" width={160} height={14} />;
  const count = total.toLocaleString();
  if (isFiltered) return `${count} found`;
  return total === 0 ? 'Characters and objects that look the same in every shot.' : `${count} in your library`;
}

function Filters({ tags }: { tags: string[] }) {
  const [kind, setKind] = useAddress('kind');
  const [order, setOrder] = useAddress('order');
  return (
    <Group gap="sm" align="flex-end">
      <SearchField />
      <TagField tags={tags} />
      <Select
        aria-label="Kind"
        w={150}
        value={kind}
        onChange={setKind}
        allowDeselect={false}
        data={[
          { value: '', label: 'Any kind' },
          { value: 'image_refer', label: 'From pictures' },
          { value: 'video_refer', label: 'From a video' },
        ]}
      />
      <Select
        aria-label="Order"
        w={150}
        value={order}
        onChange={setOrder}
        allowDeselect={false}
        data={[
          { value: '', label: 'Newest first' },
          { value: 'oldest', label: 'Oldest first' },
          { value: 'name', label: 'By name' },
        ]}
      />
      <GroundSwitch />
    </Group>
  );
}

const pauseMs = 150;

function SearchField() {
  const [query, setQuery] = useAddress('query');
  const [text, setText] = useState(query);
  const search = useDebouncedCallback(setQuery, pauseMs);
  return (
    <TextInput
      aria-label="Search elements"
      placeholder="Search names, descriptions, tags"
      type="search"
      leftSection={<Search size={16} aria-hidden />}
      flex="1 1 220px"
      maxLength={200}
      data-search
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        search(currentTarget.value);
      }}
    />
  );
}

/** Tags of what is seen are offered; any other can be written. */
function TagField({ tags }: { tags: string[] }) {
  const [tag, setTag] = useAddress('tag');
  const [text, setText] = useState(tag);
  const choose = useDebouncedCallback(setTag, pauseMs);
  return (
    <Autocomplete
      aria-label="Tag"
      placeholder="Any tag"
      w={150}
      maxLength={40}
      clearable
      clearButtonProps={{ 'aria-label': 'Any tag' }}
      data={tags}
      value={text}
      onChange={(value) => {
        setText(value);
        choose(value);
      }}
    />
  );
}

function listTags(elements: readonly { tags: string[] }[]): string[] {
  return [...new Set(elements.flatMap(({ tags }) => tags))].sort((one, other) => one.localeCompare(other));
}

/** Takes an archive that was exported here or elsewhere, and opens the element that it becomes. */
function ImportButton({ onFault }: { onFault: (fault: unknown) => void }) {
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [isBusy, setBusy] = useState(false);
  const take = async (archive: File | null) => {
    if (archive === null) return;
    setBusy(true);
    onFault(null);
    try {
      const made = await importElement(client, archive);
      void queries.invalidateQueries({ queryKey: kept.elements() });
      notifyDone(`${made.element_name} is here`);
      go(`/elements/${made.element_id}`);
    } catch (error) {
      onFault(error);
      setBusy(false);
    }
  };
  return (
    <FileButton
      onChange={(file) => void take(file)}
      accept="application/zip,.zip"
      inputProps={{ 'aria-label': 'Archive' }}
    >
      {(props) => (
        <Button {...props} variant="default" loading={isBusy} leftSection={<PackageOpen size={16} aria-hidden />}>
          Import
        </Button>
      )}
    </FileButton>
  );
}

function GridSkeleton() {
  return (
    <div className="tiles" aria-busy="true">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((at) => (
        <Skeleton key={at} height={tileHeightPx} radius="lg" />
      ))}
    </div>
  );
}

function NoElements({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <Empty
      icon={<Search size={40} />}
      title="Nothing is like that"
      action={
        <Button component="a" href={window.location.pathname} variant="default">
          Show all
        </Button>
      }
    >
      Words are searched by their beginnings in names, descriptions and tags.
    </Empty>
  ) : (
    <Empty
      icon={<Boxes size={40} />}
      title="No elements yet"
      action={
        <Group justify="center">
          <Button component={Link} href="/elements/new">
            Make the first one
          </Button>
          <Button component={Link} href="/elements/new?sample=rc-car" variant="default">
            Try it with sample photos
          </Button>
        </Group>
      }
    >
      Two to four pictures of a character or an object, or one short video, become an element.
    </Empty>
  );
}
