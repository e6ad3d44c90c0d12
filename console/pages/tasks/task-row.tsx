import { Box, Progress, Text } from '@mantine/core';
import { Boxes, Clapperboard } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { TaskLine } from '../../../client/index.ts';
import { fileUrl } from '../../parts/element-picture.tsx';
import { formatCredits } from '../../parts/format.ts';
import { presentModel } from '../../parts/present-model.ts';
import { presentTitle } from '../../parts/present-title.ts';
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
  // One that was deleted meanwhile, or has no sheet.
  const [isGone, setGone] = useState(false);
  const isElement = task.model === 'kling-custom-element';
  const Icon = isElement ? Boxes : Clapperboard;
  const kind = presentModel(task.model);
  return (
    <Box className={classes.line} data-open={isOpen || undefined}>
      {before}
      <Link href={href} className={`row ${classes.row}`} data-row aria-current={isOpen ? 'true' : undefined}>
        <span className={classes.icon} aria-hidden>
          {task.element_id === undefined || isGone ? (
            <Icon size={18} />
          ) : (
            <img
              src={fileUrl(task.element_id, 'sheet.webp')}
              alt=""
              width={44}
              height={32}
              loading="lazy"
              decoding="async"
              onError={() => setGone(true)}
            />
          )}
        </span>
        <span className={classes.name}>
          <Text span fw={500} className="clip">
            {task.title === undefined ? kind : presentTitle(task.title)}
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
