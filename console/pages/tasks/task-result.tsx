import { Anchor, Button, Group, Image, Stack, Text } from '@mantine/core';
import { Download } from 'lucide-react';
import { Link } from 'wouter';
import {
  parseDryRunResult,
  parseElementResult,
  parseImageResult,
  parseVideoResult,
  type Task,
} from '../../../client/index.ts';
import { fileUrl } from '../../parts/element-picture.tsx';
import { formatCredits } from '../../parts/format.ts';
import { toOwnLink } from '../../parts/own-link.ts';
import { TaskPictures } from './task-pictures.tsx';

/** What a finished task made: the video to watch, the pictures, the element's sheet, or what a dry run found. */
export function TaskResult({ task }: { task: Task }) {
  const element = parseElementResult(task);
  const video = parseVideoResult(task);
  const check = parseDryRunResult(task);
  if (check !== undefined) {
    return (
      <Text>
        The real request would hold back <b>{formatCredits(check.would_reserve_credits)} credits</b>.
      </Text>
    );
  }
  if (element !== undefined) {
    return (
      <Stack gap="xs">
        <Image
          src={fileUrl(element.element_id, 'sheet.webp')}
          alt="Views of the element"
          radius="md"
          bg="var(--troupe-sheet)"
          fit="contain"
          mah={220}
        />
        <Anchor component={Link} href={`/elements/${element.element_id}`} c="var(--troupe-accent-text)">
          Open the element
        </Anchor>
      </Stack>
    );
  }
  const pictures = parseImageResult(task);
  if (pictures !== undefined) return <TaskPictures task={task} result={pictures} />;
  const link = task.results?.[0] ?? video?.video_url;
  if (link === undefined) return null;
  const own = toOwnLink(link);
  return (
    <Stack gap="xs">
      {/* biome-ignore lint/a11y/useMediaCaption: what was made has no captions */}
      <video src={own} controls preload="metadata" className="player" />
      <Group>
        <Button component="a" href={own} download variant="default" leftSection={<Download size={16} aria-hidden />}>
          Download
        </Button>
      </Group>
    </Stack>
  );
}
