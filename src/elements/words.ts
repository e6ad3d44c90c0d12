/** What an element is found by. */
interface Findable {
  name: string;
  description: string;
  labels: readonly string[];
  /** Ids of the upstream's categories. */
  tags: readonly string[];
}

/** Code points of a word that are kept; a longer one is found by its beginning. */
const wordLengthMax = 40;

/** Code points of text without spaces between its words that are kept from each of its characters on. */
const partLengthMax = 12;

/** Letters that Unicode doesn't take apart into a plain one and a mark, and how people type them who have none. */
const plainLetters = new Map([
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ħ', 'h'],
  ['ı', 'i'],
  ['þ', 'th'],
  ['ß', 'ss'],
  ['ς', 'σ'],
]);
const lettersToReplace = new RegExp(`[${[...plainLetters.keys()].join('')}]`, 'g');

/** Accents, Hebrew points and Arabic vowel signs. Marks of other scripts are letters of their own to those who write them. */
const marks = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u065f\u0670]/g;

/** Letters, digits and their marks; a picture sign is a word of its own. */
const wordPattern = /[\p{L}\p{N}\p{M}]+|\p{Extended_Pictographic}/gu;

/** Scripts that put no space between words, and Korean, whose words carry their endings. */
const spacelessScripts = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => `\\p{scx=${script}}`)
  .join('');
const runs = new RegExp(`[${spacelessScripts}]+|[^${spacelessScripts}]+`, 'gu');
const spacelessRun = new RegExp(`^[${spacelessScripts}]`, 'u');

/** `text` as it's compared: without case and accents, wide and ligature forms as plain ones (Unicode's NFKC). */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(marks, '')
    .replace(lettersToReplace, (letter) => plainLetters.get(letter) ?? letter)
    .normalize('NFKC');
}

/**
 * The lexemes of an element for its `words`: each begins with the account, so that the index of all accounts is searched as
 * if it were the account's own. A word is found by its beginning, text without spaces (Chinese, Japanese, Korean, Thai, …)
 * by any part.
 */
export function collectWords(accountId: number, { name, description, labels, tags }: Findable): string[] {
  const words = new Set<string>();
  for (const text of [name, description, ...labels]) {
    for (const { word, isSpaceless } of splitWords(text)) {
      const points = [...word];
      const starts = isSpaceless ? points.length : 1;
      const most = isSpaceless ? partLengthMax : wordLengthMax;
      for (let at = 0; at < starts; at++) {
        words.add(writeWord(accountId, points.slice(at, at + most).join('')));
      }
    }
  }
  for (const tag of [...labels, ...tags]) words.add(writeTag(accountId, tag));
  return [...words];
}

/**
 * The `tsquery` that finds elements of the account with all words of `query` and with `tag`; null where neither is given.
 * `''`, which finds nothing, for a query that holds no word.
 */
export function writeWordQuery(accountId: number, { query, tag }: { query?: string; tag?: string }): string | null {
  if (query === undefined && tag === undefined) return null;
  const terms = query === undefined ? [] : splitWords(query).flatMap((found) => writeTerms(accountId, found));
  if (query !== undefined && terms.length === 0) return '';
  if (tag !== undefined) terms.push(quote(writeTag(accountId, tag)));
  return [...new Set(terms)].join(' & ');
}

function writeTerms(accountId: number, { word, isSpaceless }: Word): string[] {
  const points = [...word];
  if (!isSpaceless) return [`${quote(writeWord(accountId, points.slice(0, wordLengthMax).join('')))}:*`];
  const terms: string[] = [];
  for (let at = 0; at < points.length; at += partLengthMax) {
    terms.push(`${quote(writeWord(accountId, points.slice(at, at + partLengthMax).join('')))}:*`);
  }
  return terms;
}

interface Word {
  word: string;
  isSpaceless: boolean;
}

function splitWords(text: string): Word[] {
  return (foldText(text).match(wordPattern) ?? [])
    .flatMap((run) => run.match(runs) ?? [])
    .map((word) => ({ word, isSpaceless: spacelessRun.test(word) }));
}

const writeWord = (accountId: number, word: string) => `${accountId}/${word}`;
const writeTag = (accountId: number, tag: string) => `${accountId}#${foldText(tag).trim()}`;
const quote = (lexeme: string) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
