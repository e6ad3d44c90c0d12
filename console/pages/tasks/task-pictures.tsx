import { Button, Group, Stack, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { UserPlus } from 'lucide-react';
import { useLocation } from 'wouter';
import { chooseAngles, type ImageResult, type Task } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { OrderDialog } from '../../parts/order-dialog.tsx';
import { Pictures } from '../../parts/pictures.tsx';
import { Report } from '../../parts/report.tsx';

/** The pictures of a task and how they differ from what was asked for; further views by their sets, of which one can be chosen. */
export function TaskPictures({ task, result }: { task: Task; result: ImageResult }) {
  const sets = Map.groupBy(result.images, ({ set }) => set);
  const [elementId] = result.element_ids;
  return (
    <Stack gap="lg">
      {[...sets].map(([set, pictures]) =>
        set === undefined ? (
          <Pictures key="all" pictures={pictures} />
        ) : (
          <AngleSet key={set} taskId={task.id} elementId={elementId} set={set} pictures={pictures} />
        ),
      )}
      {result.warnings.length > 0 && (
        <Report findings={result.warnings.map((warning) => ({ ...warning, level: 'warning' }))} />
      )}
    </Stack>
  );
}

interface AngleSetProps {
  taskId: string;
  /** Undefined where a picture was given, and there is no element to take after. */
  elementId: string | undefined;
  set: number;
  pictures: ImageResult['images'];
}

function AngleSet({ taskId, elementId, set, pictures }: AngleSetProps) {
  const [isChoosing, choosing] = useDisclosure(false);
  const [, go] = useLocation();
  // Numbered from 0 for programs.
  const name = `Set ${set + 1}`;
  return (
    <Stack gap="xs" component="section" aria-label={name}>
      <Group justify="space-between">
        <Title order={3}>{name}</Title>
        {elementId !== undefined && (
          <Button
            variant="default"
            size="sm"
            leftSection={<UserPlus size={16} aria-hidden />}
            onClick={choosing.open}
            aria-label={`Make an element of set ${set + 1}`}
          >
            Make an element
          </Button>
        )}
      </Group>
      <Pictures pictures={pictures} label={name} />
      {elementId !== undefined && (
        <OrderDialog
          opened={isChoosing}
          title={`A new element of set ${set + 1}`}
          action="Make the element"
          model="kling-custom-element"
          onOrder={(options) => chooseAngles(client, elementId, taskId, { set }, options)}
          onDone={({ id }) => {
            choosing.close();
            go(`/tasks/${id}`);
          }}
          onClose={choosing.close}
        >
          Of the first element's frontal picture and these views, with its name, description and tags. The first one
          stays as it is.
        </OrderDialog>
      )}
    </Stack>
  );
}
