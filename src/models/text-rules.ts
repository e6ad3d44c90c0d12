/**
 * Text that can be stored and shown everywhere: no control characters (NUL can't be stored in PostgreSQL, ESC reshapes
 * terminals) and no half of a surrogate pair. Tab and line breaks pass.
 */
export const plainText = {
  pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\p{Cs}]*$',
  'x-rule': 'must hold no control characters',
};

/** Plain text with something visible in it. */
export const visibleText = {
  pattern: `^(?=[^]*\\S)${plainText.pattern.slice(1)}`,
  'x-rule': 'must hold at least one visible character and no control characters',
};
