import { ActionIcon, Box, Group, Loader, Progress, Stack, Text, Tooltip } from '@mantine/core';
import { CircleCheck, CircleX, Film, ImageIcon, Star, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { describeError } from '../../../parts/error-note.tsx';
import { ToneBadge } from '../../../parts/status-badge.tsx';
import type { Source } from './pictures.ts';
import classes from './source-card.module.css';

interface SourceCardProps {
  source: Source;
  /** Whether it is the picture seen from the front. */
  isFirst: boolean;
  onRemove: () => void;
  onLead: () => void;
}

/** A given file with what its check said, at the file itself. */
export function SourceCard({ source, isFirst, onRemove, onLead }: SourceCardProps) {
  const { name, kind, shownUrl, verdict } = source;
  return (
    <li className={classes.card} data-verdict={verdict.is}>
      <Box className={classes.picture}>
        <Shown url={shownUrl} kind={kind} name={name} />
        {isFirst && kind === 'picture' && (
          <ToneBadge tone="plum" className={classes.front}>
            Front
          </ToneBadge>
        )}
        <Group gap={4} className={classes.actions}>
          {!isFirst && kind === 'picture' && (
            <Tooltip label="This one is seen from the front">
              <ActionIcon variant="default" onClick={onLead} aria-label={`${name} is seen from the front`}>
                <Star size={15} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
          <ActionIcon variant="default" onClick={onRemove} aria-label={`Remove ${name}`}>
            <X size={15} aria-hidden />
          </ActionIcon>
        </Group>
      </Box>
      <Stack gap={4} p="xs">
        <Text size="sm" fw={500} className="clip">
          {name}
        </Text>
        <div aria-live="polite">
          <VerdictLine verdict={verdict} kind={kind} />
        </div>
      </Stack>
    </li>
  );
}

/** A format that this browser can't show has a sign in the place of its picture; the server may know it all the same. */
function Shown({ url, kind, name }: { url: string | null; kind: Source['kind']; name: string }) {
  const [isUnknown, setUnknown] = useState(false);
  if (url === null || isUnknown) {
    return (
      <span className={classes.sign}>
        {kind === 'video' ? <Film size={28} aria-hidden /> : <ImageIcon size={28} aria-hidden />}
      </span>
    );
  }
  return kind === 'video' ? (
    <video src={url} muted playsInline controls preload="metadata" aria-label={name} onError={() => setUnknown(true)} />
  ) : (
    <img src={url} alt={name} onError={() => setUnknown(true)} />
  );
}

function VerdictLine({ verdict, kind }: { verdict: Source['verdict']; kind: Source['kind'] }) {
  switch (verdict.is) {
    case 'sending':
      return (
        <Stack gap={6}>
          <Text size="xs" c="dimmed">
            Sending{verdict.share > 0 ? ` ${Math.round(verdict.share * 100)} %` : ''}
          </Text>
          <Progress size={3} value={verdict.share * 100} aria-label="Sent so far" />
        </Stack>
      );
    case 'checking':
      return (
        <Group gap={6} wrap="nowrap">
          <Loader size={12} aria-hidden />
          <Text size="xs" c="dimmed">
            Checking
          </Text>
        </Group>
      );
    case 'refused':
      return (
        <Group gap={6} wrap="nowrap" align="flex-start" c="var(--mantine-color-error)">
          <CircleX size={15} aria-hidden className={classes.icon} />
          <Text size="xs" className="breaks">
            {describeError(verdict.error).message}
          </Text>
        </Group>
      );
    case 'good':
      return verdict.notes.length === 0 ? (
        <Group gap={6} wrap="nowrap" className={classes.good}>
          <CircleCheck size={15} aria-hidden className={classes.icon} />
          <Text size="xs">{kind === 'video' ? 'Received' : 'Good'}</Text>
        </Group>
      ) : (
        <Stack gap={2}>
          {verdict.notes.map((note) => (
            <Group key={note} gap={6} wrap="nowrap" align="flex-start" className={classes.note}>
              <TriangleAlert size={15} aria-hidden className={classes.icon} />
              <Text size="xs">{note}</Text>
            </Group>
          ))}
        </Stack>
      );
  }
}
