import { basename } from 'node:path';
import { Marked, type Tokens } from 'marked';
import type { Plugin } from 'vite';

/** One guide, ready to be shown: its text comes from this repository, so that its HTML is trusted. */
export interface Guide {
  id: string;
  title: string;
  html: string;
  /** All words of it, to search in. */
  text: string;
}

/** Makes a module of each imported guide in Markdown, at the build: the browser gets no renderer. */
export function guidesPlugin(): Plugin {
  return {
    name: 'troupe-guides',
    transform(code, id) {
      if (!id.endsWith('.md')) return null;
      return { code: `export const guide = ${JSON.stringify(render(basename(id, '.md'), code))};`, map: null };
    },
  };
}

function render(id: string, markdown: string): Guide {
  const title = /^# (.*)$/m.exec(markdown)?.[1]?.replaceAll('`', '') ?? id;
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
  return { id, title, html, text: markdown.replace(/[`*_|#>[\]()-]+/g, ' ').replace(/\s+/g, ' ') };
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
