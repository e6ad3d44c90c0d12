import { Button, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Clapperboard } from 'lucide-react';
import { Link, useParams } from 'wouter';
import { type ElementDetails, getElement } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { CodeSamples } from '../../parts/code-samples.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { Report } from '../../parts/report.tsx';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { ElementFacts } from './element-facts.tsx';
import { ElementMenu } from './element-menu.tsx';
import { ElementUses } from './element-uses.tsx';
import { ViewPanel } from './view-panel.tsx';

/** One element whole: its views and cut-outs, what was found about it, where it is used and how it's used. */
export function ElementPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { data, error, refetch } = useQuery({
    queryKey: kept.element(id),
    queryFn: ({ signal }) => getElement(client, id, signal),
  });
  if (data === undefined) {
    return (
      <Page title="Element">
        {error === null ? (
          <div className="two">
            <SkeletonRows count={1} height={560} />
            <SkeletonRows count={2} height={150} />
          </div>
        ) : (
          <>
            <ErrorNote error={error} onRetry={() => void refetch()} />
            <Button component={Link} href="/elements" variant="default" w="fit-content">
              All elements
            </Button>
          </>
        )}
      </Page>
    );
  }
  return <Shown element={data} />;
}

function Shown({ element }: { element: ElementDetails }) {
  const { element_id, element_name, element_description, report } = element;
  return (
    <Page
      title={element_name}
      about={element_description}
      actions={
        <>
          <Button
            component={Link}
            href={`/studio?element=${element_id}`}
            leftSection={<Clapperboard size={16} aria-hidden />}
          >
            Use in Studio
          </Button>
          <ElementMenu element={element} />
        </>
      }
    >
      <div className="two">
        <ViewPanel element={element} />
        <Stack gap="lg">
          <ElementFacts element={element} />
          <Stack className="surface" p="lg" gap="md" component="section">
            <Title order={2}>Report</Title>
            <Report findings={report} />
          </Stack>
        </Stack>
      </div>
      <Stack gap="sm" component="section">
        <Title order={2}>Use it from a program</Title>
        <CodeSamples request={writeRequest(element)} />
      </Stack>
      <ElementUses elementId={element_id} />
    </Page>
  );
}

const writeRequest = ({ element_id }: ElementDetails) => ({
  model: 'kling-o3-text-to-video',
  prompt: '<<<element_1>>> crosses a desert at dusk',
  duration: 5,
  aspect_ratio: '16:9',
  model_params: { element_list: [{ element_id }] },
});
