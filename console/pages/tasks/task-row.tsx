import { Box, Progress, Text } from '@mantine/core';
import { Boxes, Clapperboard } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { TaskLine } from '../../../client/index.ts';
import { formatCredits } from '../../parts/format.ts';
import { StatusBadge, ToneBadge } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';
import classes from './task-row.module.css';

interface TaskRowProps {
  task: TaskLine;
  href: string;
  isOpen?: boolean;
  /** Stands before the row, outside of its link: a box to choose it by. */
  before?: ReactNode;
}

/** One task of a list: what it makes, how far it is, when it began, what it cost. A card on a phone. */
export function TaskRow({ task, href, isOpen = false, before }: TaskRowProps) {
  const isElement = task.model === 'kling-custom-element';
  const Icon = isElement ? Boxes : Clapperboard;
  const kind = isElement ? 'Element' : presentModel(task.model);
  return (
    <Box className={classes.line} data-open={isOpen || undefined}>
      {before}
      <Link href={href} className={`row ${classes.row}`} data-row aria-current={isOpen ? 'true' : undefined}>
        <span className={classes.icon} aria-hidden>
          <Icon size={18} />
        </span>
        <span className={classes.name}>
          <Text span fw={500} className="clip">
            {task.title ?? kind}
          </Text>
          <Text span size="xs" c="dimmed" className="clip">
            {task.title === undefined ? '' : `${kind} · `}
            <span className={classes.id}>{task.id.replace('task-unified-', '')}</span>
          </Text>
        </span>
        <span className={classes.state}>
          <StatusBadge status={task.status} progress={task.progress} />
          {task.dry_run === true && <ToneBadge tone="gray">dry run</ToneBadge>}
          {task.status === 'processing' && (
            <Progress value={task.progress} size={3} className={classes.bar} aria-hidden />
          )}
        </span>
        <Text span size="sm" c="dimmed" className={classes.time}>
          <Time at={task.created_at} />
        </Text>
        <Text span size="sm" className={`numbers ${classes.credits}`}>
          {task.credits_used === 0 ? '–' : formatCredits(task.credits_used)}
        </Text>
      </Link>
    </Box>
  );
}

/** `kling-o3-text-to-video` as `O3 text to video`. */
export function presentModel(model: string): string {
  const words = model.replace(/^kling-/, '').split('-');
  return [words[0]?.toUpperCase(), ...words.slice(1)].join(' ');
}
