import { readFile } from 'node:fs/promises';

/** The code blocks of a language in a guide, joined as one program. */
export async function readProgram(guide: URL, language: string): Promise<string> {
  const text = await readFile(guide, 'utf8');
  const blocks = [...text.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, code]) => code);
  if (blocks.length === 0) throw new Error(`${guide.pathname} has no ${language}`);
  return blocks.join('\n');
}
