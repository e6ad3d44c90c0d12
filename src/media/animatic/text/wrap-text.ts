/**
 * Breaks a text into at most `linesMax` lines that `fits` takes. Breaks at spaces, and before and after any Chinese,
 * Japanese or Korean character; a word longer than a line is broken where it must. What is left over is cut off at a
 * word with `…`. No line is empty; no text gives no line.
 */
export function wrapText(text: string, fits: (line: string) => boolean, linesMax: number): string[] {
  const pieces = splitPieces(text).flatMap((piece) => breakPiece(piece, fits));
  const lines: string[] = [];
  let line = '';
  for (const [at, piece] of pieces.entries()) {
    if (fits((line + piece).trimEnd())) {
      line += piece;
      continue;
    }
    if (lines.length + 1 === linesMax) return [...lines, shorten(line, fits)];
    if (line !== '') lines.push(line.trimEnd());
    line = pieces[at] as string;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;

/** What may not be torn apart, each with the space behind it. */
function splitPieces(text: string): string[] {
  const pieces: string[] = [];
  for (const word of text.match(/\S+\s*/gu) ?? []) {
    let piece = '';
    for (const character of word) {
      const isOwn = eastAsian.test(character);
      if (isOwn && piece !== '') pieces.push(piece);
      if (isOwn) pieces.push(character);
      piece = isOwn ? '' : piece + character;
    }
    if (piece.trim() !== '') pieces.push(piece);
    else if (piece !== '') pieces.push(`${pieces.pop() ?? ''}${piece}`);
  }
  return pieces;
}

function breakPiece(piece: string, fits: (line: string) => boolean): string[] {
  if (fits(piece.trimEnd())) return [piece];
  const parts: string[] = [];
  let part = '';
  for (const character of piece) {
    if (part !== '' && !fits(part + character)) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

function shorten(line: string, fits: (line: string) => boolean): string {
  let kept = line.trimEnd();
  while (kept !== '' && !fits(`${kept}…`)) kept = kept.includes(' ') ? kept.replace(/\s+\S*$/u, '') : kept.slice(0, -1);
  return `${kept.replace(/[\s,;:.!?–-]+$/u, '')}…`;
}
