import { fileUrl } from '../../parts/element-picture.tsx';
import classes from './view-thumbs.module.css';
import type { View } from './views.ts';

interface ViewThumbsProps {
  elementId: string;
  views: readonly View[];
  /** Name of the one that is shown. */
  chosen: string;
  onChoose: (name: string) => void;
}

/** The views of an element, small, to choose one; nothing where there is only one. */
export function ViewThumbs({ elementId, views, chosen, onChoose }: ViewThumbsProps) {
  if (views.length < 2) return null;
  return (
    <div className={classes.thumbs}>
      {views.map(({ name, label, thumbnail, picture }) => (
        <button
          key={name}
          type="button"
          className={classes.thumb}
          aria-pressed={name === chosen}
          aria-label={label}
          onClick={() => onChoose(name)}
        >
          <img src={fileUrl(elementId, (thumbnail ?? picture).name)} alt="" />
        </button>
      ))}
    </div>
  );
}
