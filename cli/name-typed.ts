import { TroupeError } from '../client/index.ts';

/** Paths of a request's fields, each with what the caller typed for it: a file's name, `--shot 2`. */
export type Typed = Readonly<Record<string, string>>;

/** Characters of a typed word that are shown; a URL may be long. */
const shownMax = 80;

/** The text with what was typed in front of each path, which stays for those who read the API's words: `a.jpg (image_start)`. */
export function nameTyped(text: string, typed: Typed): string {
  // The longest first, or `prompt` would be found in `model_params.multi_prompt[0].prompt`.
  const paths = Object.keys(typed).sort((a, b) => b.length - a.length);
  if (paths.length === 0) return text;
  // A path of one plain word, such as `sound`, is also a word of sentences: it is a path before a colon alone.
  const forms = paths.map((path) => `${RegExp.escape(path)}${/^[a-z]+$/.test(path) ? '(?=:)' : ''}`);
  const anyPath = new RegExp(`(?<![\\w.\\]-])(?:${forms.join('|')})(?![\\w[-]|\\.\\w)`, 'g');
  return text.replace(anyPath, (path) => `${shorten(typed[path] ?? path)} (${path})`);
}

/** Runs `work`; a refusal of it names what the caller typed. */
export async function withTyped<T>(typed: Typed, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TroupeError)) throw error;
    const { code, status, param, requestId, retryAfterSeconds } = error;
    const message = nameTyped(error.message, typed);
    throw new TroupeError({ code, status, param, requestId, retryAfterSeconds, message, cause: error });
  }
}

function shorten(word: string): string {
  return word.length > shownMax ? `${word.slice(0, shownMax)}…` : word;
}
