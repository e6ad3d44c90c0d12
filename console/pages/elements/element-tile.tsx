import { Skeleton } from '@mantine/core';
import { Film } from 'lucide-react';
import { memo } from 'react';
import { Link } from 'wouter';
import type { ElementLine } from '../../../client/index.ts';
import { ElementViews } from '../../parts/element-views.tsx';
import { Ground } from '../../parts/ground.tsx';
import classes from './element-grid.module.css';

/** Pixels; the grid reckons with them. */
export const tileHeightPx = 232;

/**
 * An element as the library shows it: its sheet on the chosen ground, its name, its words and tags. Of plain elements: a
 * library flung past makes hundreds of them a second.
 */
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
        <span className={`clip ${classes.name}`}>{element.element_name}</span>
        <span className={`clip ${classes.about}`}>{element.element_description}</span>
        <span className={classes.tags}>
          {tags.slice(0, 2).map((tag) => (
            <span key={tag} className={classes.tag}>
              {tag}
            </span>
          ))}
          {tags.length > 2 && <span className={classes.more}>+{tags.length - 2}</span>}
        </span>
      </span>
    </Link>
  );
}

/** Where a tile will stand; it rests, since a screen of beating ones is drawn anew with every frame. */
export const TileSkeleton = memo(function TileSkeleton() {
  return <Skeleton height={tileHeightPx} radius="lg" animate={false} />;
});
