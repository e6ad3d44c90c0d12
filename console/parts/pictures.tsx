import { ActionIcon, Image } from '@mantine/core';
import { Download } from 'lucide-react';
import type { ImageResult } from '../../client/index.ts';
import { toOwnLink } from './own-link.ts';
import classes from './pictures.module.css';

/** Pictures that were made, side by side: each opens large in a tab of its own, and can be kept. */
export function Pictures({ pictures, label }: { pictures: ImageResult['images']; label?: string }) {
  const name = label === undefined ? 'Picture' : `${label}, picture`;
  return (
    <ul
      className={classes.pictures}
      data-many={pictures.length > 2 || undefined}
      data-pair={pictures.length === 2 || undefined}
    >
      {pictures.map(({ url, width, height }, at) => (
        <li key={url} className={classes.picture}>
          <a href={toOwnLink(url)} target="_blank" rel="noreferrer" className={classes.large}>
            <Image
              src={toOwnLink(url)}
              alt={`${name} ${at + 1}`}
              // Its place is there before it is.
              style={{ aspectRatio: `${width} / ${height}` }}
              radius="md"
              fit="contain"
              mah={360}
              decoding="async"
            />
          </a>
          <ActionIcon
            component="a"
            href={toOwnLink(url)}
            download
            variant="default"
            className={classes.keep}
            aria-label={`Download ${name.toLowerCase()} ${at + 1}`}
          >
            <Download size={15} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
