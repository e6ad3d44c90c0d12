import type { Socket } from 'node:net';

/**
 * Makes a fresh socket give the head of its first answer with equal Content-Length values taken as one, as RFC 9110 §8.6
 * allows; the parser refuses every second one. What differs is left as it is, for the parser to refuse. Only for a
 * connection that serves one request: later heads can't be told from bodies here.
 */
export function mergeLengths(socket: Socket, headBytesMax: number): Socket {
  const read = socket.read.bind(socket);
  let held = Buffer.alloc(0);
  let isPast = false;
  socket.read = (size?: number) => {
    const chunk: Buffer | null = read(size);
    if (isPast || chunk === null) return chunk;
    held = Buffer.concat([held, chunk]);
    const end = held.indexOf('\r\n\r\n');
    // The parser has its own limit, and words for it.
    if (end < 0 && held.length <= headBytesMax) return null;
    isPast = true;
    return end < 0
      ? held
      : Buffer.concat([Buffer.from(mergeLines(held.toString('latin1', 0, end)), 'latin1'), held.subarray(end)]);
  };
  return socket;
}

function mergeLines(head: string): string {
  const lines = head.split('\r\n');
  const isLength = (line: string) => /^content-length[ \t]*:/i.test(line);
  const values = lines.filter(isLength).flatMap((line) => line.slice(line.indexOf(':') + 1).split(','));
  const [first, ...others] = new Set(values.map((value) => value.trim()));
  if (first === undefined || others.length > 0 || !/^\d+$/.test(first)) return head;
  return [...lines.filter((line) => !isLength(line)), `content-length: ${first}`].join('\r\n');
}
