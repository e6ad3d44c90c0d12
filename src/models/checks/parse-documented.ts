/** The part of JSON Schema that video requests are made of. */
interface Node {
  type?: string;
  enum?: readonly unknown[];
  pattern?: string;
  properties?: Record<string, Node>;
  items?: Node;
}

/**
 * The part of `sent` that `schema` documents, in its documented form: fields it doesn't know are left out, and what can
 * mean one thing only is taken for it. That is digits for a whole number (`'5'`), a whole number for text of digits, a word
 * of a list in another case (`720P`), and one text for a list of texts. Anything else stays as it was sent, for the check
 * to refuse it with the value that the caller knows. Changes nothing of `sent`.
 */
export function parseDocumented(schema: object, sent: unknown): unknown {
  return read(schema as Node, sent);
}

function read(node: Node, value: unknown): unknown {
  if (typeof value === 'string') return parseText(node, value);
  if (typeof value === 'number') return isDigits(node) && Number.isSafeInteger(value) ? String(value) : value;
  if (Array.isArray(value)) return node.items === undefined ? value : parseItems(node.items, value);
  if (typeof value === 'object' && value !== null && node.properties) return parseFields(node.properties, value);
  return value;
}

function parseText(node: Node, text: string): unknown {
  // Nine digits are more than any documented number has, and few enough to be exact.
  if (node.type === 'integer' && /^[0-9]{1,9}$/.test(text)) return Number(text);
  if (node.type === 'array' && node.items?.type === 'string') return [text];
  return node.enum?.find((word) => word === text.toLowerCase()) ?? text;
}

function isDigits({ type, pattern }: Node): boolean {
  return type === 'string' && /^\^\[[01]-9\]/.test(pattern ?? '');
}

function parseItems(items: Node, array: readonly unknown[]): unknown[] {
  return array.map((item) => read(items, item));
}

function parseFields(properties: Record<string, Node>, object: object): object {
  const known = Object.entries(properties).filter(([key]) => Object.hasOwn(object, key));
  return Object.fromEntries(known.map(([key, node]) => [key, read(node, (object as Record<string, unknown>)[key])]));
}
