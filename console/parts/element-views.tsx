import type { ElementLine } from '../../client/index.ts';
import { ElementPicture, fileUrl } from './element-picture.tsx';
import classes from './element-views.module.css';

const othersMax = 3;

/** All cut-outs of an element on whatever lies behind them: the frontal one large, the others beside it. */
export function ElementViews({ element }: { element: ElementLine }) {
  const [first, ...others] = element.files.filter(({ role }) => role === 'cutout');
  if (first === undefined) return <ElementPicture element={element} height="100%" />;
  const src = (name: string) => fileUrl(element.element_id, name);
  return (
    <span className={classes.views} data-others={Math.min(others.length, othersMax)}>
      <img src={src(first.name)} alt={`Cut-out of ${element.element_name}`} loading="lazy" decoding="async" />
      {others.length > 0 && (
        <span className={classes.others}>
          {others.slice(0, othersMax).map(({ name }) => (
            <img key={name} src={src(name)} alt="" loading="lazy" decoding="async" />
          ))}
        </span>
      )}
    </span>
  );
}
