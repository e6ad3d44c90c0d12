import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import { type ElementDetails, getCutout, getElement } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { ViewThumbs } from '../element/view-thumbs.tsx';
import { listViews } from '../element/views.ts';
import { MendView } from './mend-view.tsx';

/** Mends the cut-outs of an element by strokes; which one is in the address. */
export function MendPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { data, error, refetch } = useQuery({
    queryKey: kept.element(id),
    queryFn: ({ signal }) => getElement(client, id, signal),
  });
  return (
    <Page
      title="Mend the cut-out"
      about={data === undefined ? 'Paint what belongs to it, and what does not.' : data.element_name}
      actions={
        <Button component={Link} href={`/elements/${id}${window.location.search}`} variant="default">
          Back to the element
        </Button>
      }
    >
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && <Views element={data} />}
    </Page>
  );
}

function Views({ element }: { element: ElementDetails }) {
  const { element_id } = element;
  const views = listViews(element);
  const [chosen, setChosen] = useAddress('view');
  const { name = '' } = views.find((view) => view.name === chosen) ?? views[0] ?? {};
  const { data, error, refetch } = useQuery({
    queryKey: kept.cutout(element_id, name),
    queryFn: ({ signal }) => getCutout(client, element_id, name, signal),
    // Strokes mean nothing over a matte that somebody has changed meanwhile.
    refetchOnMount: 'always',
  });
  return (
    <>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && (
        <MendView
          key={name}
          cutout={data}
          thumbs={<ViewThumbs elementId={element_id} views={views} chosen={name} onChoose={setChosen} />}
          onStale={() => void refetch()}
        />
      )}
    </>
  );
}

/** Of the size of the picture and its tools. */
function Waiting() {
  return (
    <div className="two">
      <SkeletonRows count={1} height={420} />
      <SkeletonRows count={1} height={420} />
    </div>
  );
}
