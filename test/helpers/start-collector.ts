import { buffer } from 'node:stream/consumers';
import { type StartedServer, startHttp } from './start-server.ts';

/** A span as a collector reads it: ids in hexadecimal, facts by name. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  /** '' for the first of a trace. */
  parentId: string;
  name: string;
  kind: number;
  facts: Record<string, unknown>;
  isFailed: boolean;
  durationMs: number;
}

interface ReceivedLog {
  body: string;
  severity: string;
  traceId: string;
  facts: Record<string, unknown>;
}

export interface Collector extends StartedServer {
  url: string;
  spans(): ReceivedSpan[];
  logs(): ReceivedLog[];
  /** Facts of the process that sent last. */
  resource(): Record<string, unknown>;
  /** All bytes that came, headers first, for what must not be among them. */
  raw(): string;
}

/** A collector of OTLP over HTTP that reads what it needs of its messages (opentelemetry/proto, trace.proto and logs.proto). */
export async function startCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const logs: ReceivedLog[] = [];
  let resource: Record<string, unknown> = {};
  let raw = '';
  const server = await startHttp(async (request, response) => {
    const body = await buffer(request);
    raw += `${request.url} ${JSON.stringify(request.headers)}\n${body.toString('latin1')}\n`;
    for (const part of readFields(body).all(1)) {
      const fields = readFields(part);
      resource = readFacts(readFields(fields.bytes(1)).all(1));
      for (const scope of fields.all(2)) {
        const items = readFields(scope).all(2);
        if (request.url === '/v1/traces') spans.push(...items.map(readSpan));
        if (request.url === '/v1/logs') logs.push(...items.map(readLog));
      }
    }
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  });
  return Object.assign(server, {
    url: `http://127.0.0.1:${server.port}`,
    spans: () => [...spans],
    logs: () => [...logs],
    resource: () => resource,
    raw: () => raw,
  });
}

function readSpan(bytes: Buffer): ReceivedSpan {
  const fields = readFields(bytes);
  return {
    traceId: fields.bytes(1).toString('hex'),
    spanId: fields.bytes(2).toString('hex'),
    parentId: fields.bytes(4).toString('hex'),
    name: fields.bytes(5).toString(),
    kind: Number(fields.number(6)),
    durationMs: Number(fields.number(8) - fields.number(7)) / 1e6,
    facts: readFacts(fields.all(9)),
    isFailed: readFields(fields.bytes(15)).number(3) === 2n,
  };
}

function readLog(bytes: Buffer): ReceivedLog {
  const fields = readFields(bytes);
  return {
    severity: fields.bytes(3).toString(),
    body: readFields(fields.bytes(5)).bytes(1).toString(),
    facts: readFacts(fields.all(6)),
    traceId: fields.bytes(9).toString('hex'),
  };
}

function readFacts(pairs: readonly Buffer[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const fields = readFields(pair);
      return [fields.bytes(1).toString(), readValue(fields.bytes(2))];
    }),
  );
}

/** An `AnyValue`: text, truth or whole number, which is all that is told here; of lists and maps, their bytes. */
function readValue(bytes: Buffer): unknown {
  const fields = readFields(bytes);
  if (fields.has(1)) return fields.bytes(1).toString();
  if (fields.has(2)) return fields.number(2) === 1n;
  if (fields.has(3)) return Number(fields.number(3));
  return bytes.toString('latin1');
}

/** The fields of a protobuf message by their numbers. */
function readFields(message: Buffer) {
  const parts = new Map<number, Buffer[]>();
  const numbers = new Map<number, bigint>();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++] ?? 0;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number) => {
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const key = Number(varint());
    const [field, type] = [key >> 3, key & 7];
    if (type === 0) numbers.set(field, varint());
    else if (type === 1) numbers.set(field, take(8).readBigUInt64LE());
    else parts.set(field, [...(parts.get(field) ?? []), take(type === 5 ? 4 : Number(varint()))]);
  }
  return {
    has: (field: number) => parts.has(field) || numbers.has(field),
    all: (field: number): readonly Buffer[] => parts.get(field) ?? [],
    bytes: (field: number): Buffer => parts.get(field)?.[0] ?? Buffer.alloc(0),
    number: (field: number) => numbers.get(field) ?? 0n,
  };
}
