import { Skeleton, Text } from '@mantine/core';
import { Film } from 'lucide-react';
import { Link } from 'wouter';
import type { ElementLine } from '../../../client/index.ts';
import { ElementViews } from '../../parts/element-views.tsx';
import { Ground } from '../../parts/ground.tsx';
import { ToneBadge } from '../../parts/status-badge.tsx';
import classes from './element-grid.module.css';

/** Pixels; the grid reckons with them. */
export const tileHeightPx = 232;

/** An element as the library shows it: its sheet on the chosen ground, its name, its words and tags. */
export function ElementTile({ element }: { element: ElementLine }) {
  const { tags } = element;
  return (
    <Link href={`/elements/${element.element_id}`} className={`tile ${classes.tile}`} data-row>
      <Ground className={classes.picture}>
        <ElementViews element={element} />
        {element.reference_type === 'video_refer' && (
          <span className={classes.kind}>
            <Film size={14} aria-label="Made of a video" />
          </span>
        )}
      </Ground>
      <span className={classes.words}>
        <Text span fw={600} className="clip">
          {element.element_name}
        </Text>
        <Text span size="sm" c="dimmed" className="clip">
          {element.element_description}
        </Text>
        <span className={classes.tags}>
          {tags.slice(0, 2).map((tag) => (
            <ToneBadge key={tag} tone="gray" size="sm">
              {tag}
            </ToneBadge>
          ))}
          {tags.length > 2 && (
            <Text span size="xs" c="dimmed">
              +{tags.length - 2}
            </Text>
          )}
        </span>
      </span>
    </Link>
  );
}

/** Where a tile will stand. */
export function TileSkeleton() {
  return <Skeleton height={tileHeightPx} radius="lg" />;
}
