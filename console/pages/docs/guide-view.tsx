import { type MouseEvent, useMemo } from 'react';
import { useLocation } from 'wouter';
import { consolePath } from '../../api/client.ts';
import type { Guide } from '../../guides-plugin.ts';
import classes from './guide-view.module.css';

/** One guide as its author laid it out. */
export function GuideView({ guide }: { guide: Guide }) {
  const [, go] = useLocation();
  const html = useMemo(
    () =>
      `<h1>${guide.title.replaceAll('<', '&lt;')}</h1>${guide.html}`.replaceAll(
        'href="guide:',
        `href="${consolePath}/docs/`,
      ),
    [guide],
  );
  // Links between guides are pages of this console; the browser needn't load it anew.
  const follow = (event: MouseEvent<HTMLElement>) => {
    const href = (event.target as HTMLElement).closest('a')?.getAttribute('href') ?? '';
    if (!href.startsWith(`${consolePath}/docs/`) || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    go(href.slice(consolePath.length));
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key on a link is a click on it
    <article
      className={classes.guide}
      onClick={follow}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made from this repository's own guides at the build
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
