import { Button, Group, Stack, Text } from '@mantine/core';
import { Brush } from 'lucide-react';
import { Link } from 'wouter';
import type { ElementDetails } from '../../../client/index.ts';
import { GroundSwitch } from '../../parts/ground.tsx';
import { ToneBadge } from '../../parts/status-badge.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { CompareView } from './compare-view.tsx';
import { ViewThumbs } from './view-thumbs.tsx';
import { listViews, type View } from './views.ts';

/** Below it the whole picture is better than its cut-out; the report's own limit. */
const sureFrom = 0.7;

/** The views of an element: one large, with its cut-out, the others to choose; which one is in the address. */
export function ViewPanel({ element }: { element: ElementDetails }) {
  const views = listViews(element);
  const [chosen, setChosen] = useAddress('view');
  const view = views.find(({ name }) => name === chosen) ?? views[0];
  if (view === undefined) {
    return (
      <Text className="surface" p="lg" c="dimmed">
        This element has no pictures here.
      </Text>
    );
  }
  const { element_id } = element;
  return (
    <Stack className="surface" p="md" gap="md" component="section" aria-label="Views">
      <CompareView key={view.name} elementId={element_id} view={view} />
      <Group justify="space-between">
        <Group gap="xs">
          <Text fw={600}>{view.label}</Text>
          <Scores view={view} />
        </Group>
        <GroundSwitch />
      </Group>
      <Group justify="space-between" align="flex-end">
        <ViewThumbs elementId={element_id} views={views} chosen={view.name} onChoose={setChosen} />
        <Button
          component={Link}
          href={`/elements/${element_id}/mend?view=${view.name}`}
          variant="default"
          leftSection={<Brush size={16} aria-hidden />}
        >
          Mend the cut-out
        </Button>
      </Group>
    </Stack>
  );
}

function Scores({ view: { confidence, sameSubject, isMended, matte } }: { view: View }) {
  return (
    <>
      {isMended && <ToneBadge tone="plum">mended by hand</ToneBadge>}
      {!isMended && matte !== undefined && confidence !== undefined && (
        <ToneBadge tone={confidence >= sureFrom ? 'teal' : 'yellow'}>
          {`cut-out ${Math.round(confidence * 100)} % sure`}
        </ToneBadge>
      )}
      {typeof sameSubject === 'number' && (
        <ToneBadge tone={sameSubject >= 0.4 ? 'teal' : 'yellow'}>
          {`same subject ${Math.round(sameSubject * 100)} %`}
        </ToneBadge>
      )}
    </>
  );
}
