import { Anchor, ColorSwatch, Group, Stack, Text, Title, Tooltip } from '@mantine/core';
import { Link } from 'wouter';
import type { ElementDetails } from '../../../client/index.ts';
import { Copyable } from '../../parts/copy.tsx';
import { fileUrl } from '../../parts/element-picture.tsx';
import { ToneBadge } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';

/** What an element is called by programs, what it was made of, its colors and its voice. */
export function ElementFacts({ element }: { element: ElementDetails }) {
  const { element_id, reference_type, tags, created, task_id, colors, files, element_voice_id, imported_from } =
    element;
  const voice = files.find(({ role }) => role === 'voice');
  return (
    <Stack className="surface" p="lg" gap="md" component="section">
      <Title order={2}>Facts</Title>
      <dl className="facts">
        <dt>Id</dt>
        <dd>
          <Copyable value={element_id} label="Copy the id" />
        </dd>
        <dt>Made of</dt>
        <dd>{reference_type === 'video_refer' ? 'a video' : 'pictures'}</dd>
        <dt>Made</dt>
        <dd>
          <Time at={created} />
          {task_id.startsWith('task-') && (
            <>
              {' · '}
              <Anchor component={Link} href={`/tasks/${task_id}`} c="var(--troupe-accent-text)" underline="always">
                its task
              </Anchor>
            </>
          )}
        </dd>
        {imported_from !== undefined && (
          <>
            <dt>Imported from</dt>
            <dd>
              <code>{imported_from}</code>
            </dd>
          </>
        )}
        {tags.length > 0 && (
          <>
            <dt>Tags</dt>
            <dd>
              <Group gap={6}>
                {tags.map((tag) => (
                  <Link key={tag} href={`/elements?tag=${encodeURIComponent(tag)}`} className="quiet-link">
                    <ToneBadge tone="gray">{tag}</ToneBadge>
                  </Link>
                ))}
              </Group>
            </dd>
          </>
        )}
        {colors.length > 0 && (
          <>
            <dt>Colors</dt>
            <dd>
              <Group gap={6}>
                {colors.map(({ hex, share }) => (
                  <Tooltip key={hex} label={`${hex}, ${Math.round(share * 100)} %`}>
                    <ColorSwatch
                      color={hex}
                      size={20}
                      withShadow={false}
                      bd="1px solid var(--troupe-line)"
                      aria-label={`${hex}, ${Math.round(share * 100)} %`}
                      role="img"
                    />
                  </Tooltip>
                ))}
              </Group>
            </dd>
          </>
        )}
        {element_voice_id !== undefined && (
          <>
            <dt>Voice</dt>
            <dd>
              <Copyable value={element_voice_id} label="Copy the id of the voice" />
            </dd>
          </>
        )}
      </dl>
      {voice !== undefined && (
        <div>
          <Text size="sm" c="dimmed" mb={4}>
            Its voice in the video
          </Text>
          {/* biome-ignore lint/a11y/useMediaCaption: a sample of a voice, whose words nobody wrote down */}
          <audio src={fileUrl(element_id, voice.name)} controls preload="metadata" className="player" />
        </div>
      )}
    </Stack>
  );
}
