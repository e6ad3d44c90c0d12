/** What a text may hold; each kind as the one before and stricter. */
export type TextKind = 'plain' | 'visible' | 'name';

/** C0 and C1 but for tab and line breaks. */
const control = /[^\P{Cc}\t\n\r]/u;

/**
 * White space, and what Unicode lets a renderer leave out: zero-width characters, joiners, variation selectors, tags,
 * Hangul fillers; then what is drawn as nothing, the empty Braille pattern and the anchors of annotations.
 */
const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\u2800\ufff9-\ufffb]/u;

/** Flags of regions (England, Scotland, Wales) are a black flag with tags behind it; tags elsewhere hide a message. */
const regionFlag = /\u{1f3f4}[\u{e0020}-\u{e007e}]{1,6}\u{e007f}/gu;
/**
 * Embeddings, overrides and isolates turn whatever is written after them, and tags hide what they say. The marks (U+200E,
 * U+200F, U+061C) stand like a letter that can't be seen: right-to-left names need them beside numbers and punctuation.
 */
const unseen = /[\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u;

/** Whether anything of `text` can be seen: not only white space and characters of no width. */
export function hasVisible(text: string): boolean {
  return visible.test(text);
}

/**
 * Whether `text` is of `kind`. `plain`: can be stored and shown everywhere, so no control characters (NUL can't be stored in
 * PostgreSQL, ESC reshapes terminals; tab and line breaks pass) and no half of a surrogate pair. `visible`: something of it
 * can be seen. `name`: nothing in it turns the direction of what is written around it, or is hidden.
 */
export function isTextOfKind(kind: TextKind, text: string): boolean {
  if (control.test(text) || !text.isWellFormed()) return false;
  if (kind === 'plain') return true;
  if (!hasVisible(text)) return false;
  return kind === 'visible' || !unseen.test(text.replaceAll(regionFlag, ''));
}
