import { useId, useState } from 'react';
import { fileUrl } from '../../parts/element-picture.tsx';
import { Ground } from '../../parts/ground.tsx';
import classes from './compare-view.module.css';
import type { View } from './views.ts';

/** A picture and its cut-out over each other, parted by a line that is drawn to and fro, by hand or by keys. */
export function CompareView({ elementId, view }: { elementId: string; view: View }) {
  const [percent, setPercent] = useState(50);
  const id = useId();
  const picture = fileUrl(elementId, view.picture.name);
  const { width_px = 1, height_px = 1 } = view.picture;
  if (view.matte === undefined) {
    return (
      <div className={classes.frame} style={{ aspectRatio: `${width_px} / ${height_px}` }}>
        <img src={picture} alt={view.label} className={classes.layer} />
        <p className={classes.note}>No subject was found here; the whole picture is used.</p>
      </div>
    );
  }
  return (
    <div className={classes.frame} style={{ aspectRatio: `${width_px} / ${height_px}` }}>
      <img src={picture} alt={view.label} className={classes.layer} />
      <div className={classes.layer} style={{ clipPath: `inset(0 0 0 ${percent}%)` }}>
        <Ground className={classes.ground}>
          <img
            src={picture}
            alt=""
            className={classes.cutout}
            style={{ maskImage: `url("${fileUrl(elementId, view.matte.name)}")` }}
          />
        </Ground>
      </div>
      <span className={classes.line} style={{ left: `${percent}%` }} aria-hidden />
      <span className={classes.tag} data-side="left" aria-hidden>
        Original
      </span>
      <span className={classes.tag} data-side="right" aria-hidden>
        Cut-out
      </span>
      <label htmlFor={id} className={classes.name}>
        How much of the original is shown
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        value={percent}
        onChange={({ currentTarget }) => setPercent(Number(currentTarget.value))}
        className={classes.range}
      />
    </div>
  );
}
