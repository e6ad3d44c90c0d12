import { basename } from 'node:path';
import { Marked, type Tokens } from 'marked';
import type { Plugin } from 'vite';

/** What a list of guides shows. */
export interface GuideTitle {
  id: string;
  title: string;
}

/** One guide, ready to be shown: its text comes from this repository, so that its HTML is trusted. */
export interface Guide extends GuideTitle {
  html: string;
  /** All words of it, to search in. */
  text: string;
}

/** Makes a module of each imported guide in Markdown, at the build: the browser gets no renderer. With `?title` of its title alone. */
export function guidesPlugin(): Plugin {
  return {
    name: 'troupe-guides',
    transform(code, id) {
      const [path = '', query] = id.split('?');
      if (!path.endsWith('.md')) return null;
      const name = basename(path, '.md');
      const guide = query === 'title' ? { id: name, title: findTitle(name, code) } : render(name, code);
      return { code: `export const guide = ${JSON.stringify(guide)};`, map: null };
    },
  };
}

const findTitle = (id: string, markdown: string) => /^# (.*)$/m.exec(markdown)?.[1]?.replaceAll('`', '') ?? id;

function render(id: string, markdown: string): Guide {
  const marked = new Marked();
  marked.use({
    renderer: {
      link({ href, tokens }: Tokens.Link) {
        return `<a href="${toConsole(href)}">${this.parser.parseInline(tokens)}</a>`;
      },
      heading({ tokens, depth, text }: Tokens.Heading) {
        return `<h${depth} id="${text.toLowerCase().replace(/[^\w]+/g, '-')}">${this.parser.parseInline(tokens)}</h${depth}>`;
      },
      code({ text, lang }: Tokens.Code) {
        return `<pre class="code" tabindex="0" data-lang="${lang ?? ''}"><code>${escapeHtml(text)}</code></pre>`;
      },
    },
  });
  const html = marked.parse(markdown.replace(/^# .*$/m, ''), { async: false });
  return {
    id,
    title: findTitle(id, markdown),
    html,
    text: markdown.replace(/[`*_|#>[\]()-]+/g, ' ').replace(/\s+/g, ' '),
  };
}

/** Guides name each other as files; here each is a page. What lies elsewhere in the repository has no page here. */
function toConsole(href: string): string {
  const [, name, hash = ''] = /^(?:\.\/)?([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
  if (name !== undefined) return `guide:${name}${hash}`;
  if (/^(?:\.\.\/)+errors\.md/.test(href)) return `guide:errors${href.replace(/^[^#]*/, '')}`;
  if (/^(?:\.\.\/)+api\.md/.test(href)) return 'guide:api';
  return href.startsWith('http') ? href : '#';
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
