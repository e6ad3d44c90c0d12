import { ActionIcon, Anchor, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { Link } from 'wouter';
import { getElement } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { ElementPicture } from '../../parts/element-picture.tsx';
import { type CastMember, writeMark } from './draft.ts';
import classes from './studio.module.css';

/** Who plays: each element with its sheet and the mark that prompts name it by. */
export function CastList({ cast, onDrop }: { cast: readonly CastMember[]; onDrop: (at: number) => void }) {
  const elements = useQueries({
    queries: cast.map(({ element_id }) => ({
      queryKey: kept.element(element_id),
      queryFn: ({ signal }: { signal: AbortSignal }) => getElement(client, element_id, signal),
    })),
  });
  if (cast.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nobody yet. Write <b>@</b> in the prompt to cast an element of your library. None there?{' '}
        <Anchor component={Link} href="/elements/new?sample=rc-car" c="var(--troupe-accent-text)" underline="always">
          Make one of sample photos
        </Anchor>
        .
      </Text>
    );
  }
  return (
    <ul className={classes.cast} aria-label="Cast">
      {cast.map(({ element_id, element_name }, at) => {
        const { data, error } = elements[at] ?? {};
        return (
          <li key={element_id} className={classes.member}>
            <div className={classes.portrait}>
              {data === undefined ? (
                <Skeleton height={64} animate={error === null} />
              ) : (
                <ElementPicture element={data} height={64} />
              )}
            </div>
            <Stack gap={0} miw={0} flex={1}>
              <Text fw={600} size="sm" className="clip">
                {data?.element_name ?? element_name}
              </Text>
              {error ? (
                <Text size="xs" c="var(--mantine-color-error)">
                  No longer in the library
                </Text>
              ) : (
                <Text size="xs" c="dimmed" ff="monospace">
                  {writeMark(at)}
                </Text>
              )}
            </Stack>
            <Group>
              <ActionIcon
                variant="subtle"
                color="gray"
                onClick={() => onDrop(at)}
                aria-label={`Take ${element_name} out of the cast`}
              >
                <X size={16} aria-hidden />
              </ActionIcon>
            </Group>
          </li>
        );
      })}
    </ul>
  );
}
