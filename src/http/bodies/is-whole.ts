/**
 * Whether the text of a form is what its bytes say. Its parser puts U+FFFD in the place of bytes that aren't UTF-8; a text
 * that had one when it was sent had lost its own before.
 */
export function isWhole(text: string): boolean {
  return !text.includes('\ufffd');
}
