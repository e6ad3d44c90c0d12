import { type Client, presentKey } from './create-client.ts';
import { serverUnreachable, TroupeError } from './errors.ts';
import { isRepeatable, pause, toError } from './send-request.ts';

export interface ServerEvent {
  /** Where a stream goes on behind this event. */
  id: string | undefined;
  event: string;
  data: string;
}

/** A server sends something every 15 s; a connection that is silent for longer is dead or held back by a proxy. */
const silentMs = 45_000;

/** Milliseconds before the first reconnection; doubled up to the most while none succeeds. */
const reconnectMs = { first: 500, max: 15_000 };

export interface ReadEventsOptions {
  signal?: AbortSignal | undefined;
  /** Goes on behind this event. */
  lastEventId?: string | undefined;
  /** Milliseconds in which each stream must begin, and with which it gives up after the client's `retriesMax` failures in a row. */
  beginMs?: number | undefined;
  /** The stream ends with such an event. A server that stops ends its streams too, and then another one goes on. */
  isLast?: (event: ServerEvent) => boolean;
}

/**
 * The events of a stream of the server, connected again and resumed behind the last one whenever it breaks or ends before its
 * last one. Throws `TroupeError` for what another attempt doesn't mend, and the reason of `signal`.
 */
export async function* readEvents(
  client: Client,
  path: string,
  options: ReadEventsOptions = {},
): AsyncGenerator<ServerEvent, void, void> {
  const { signal } = options;
  let { lastEventId } = options;
  const { beginMs, isLast = () => false } = options;
  let failures = 0;
  for (;;) {
    signal?.throwIfAborted();
    const events = readOnce(client, path, { lastEventId, signal, beginMs });
    try {
      for (let next = await events.next(); ; next = await events.next()) {
        if (next.done) {
          if (next.value === 'nothing more') return;
          break;
        }
        const event = next.value;
        failures = 0;
        lastEventId = event.id ?? lastEventId;
        if (event.data === '') continue;
        yield event;
        if (isLast(event)) return;
      }
      await pause(reconnectMs.first, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof TroupeError) || !isRepeatable(error)) throw error;
      if (beginMs !== undefined && failures >= client.retriesMax) throw error;
      failures += 1;
      const ownMs = Math.min(reconnectMs.first * 2 ** (failures - 1), reconnectMs.max) * (1 + Math.random() / 2);
      await pause(Math.max(ownMs, (error.retryAfterSeconds ?? 0) * 1000), signal);
    } finally {
      // Nobody reads on: its connection and its clock would keep a program from ending.
      await events.return('ended');
    }
  }
}

/** Ends as the server ends it; throws `server_unreachable` when the connection breaks or is silent. */
async function* readOnce(
  client: Client,
  path: string,
  { lastEventId, signal, beginMs }: Omit<ReadEventsOptions, 'isLast'>,
): AsyncGenerator<ServerEvent, 'ended' | 'nothing more', void> {
  const url = client.baseUrl + path;
  const silence = new AbortController();
  const give = (ms: number) => setTimeout(() => silence.abort(new Error(`nothing came for ${ms} ms`)), ms);
  let timer = give(beginMs ?? client.timeoutMs);
  const parser = createParser();
  try {
    const answer = await client.fetch(url, {
      headers: {
        ...presentKey(client),
        accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
      redirect: 'error',
      signal: signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]),
    });
    if (answer.status === 204) return 'nothing more';
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    if (!answer.ok || !isStream || answer.body === null)
      throw toError(url, answer, await answer.json().catch(() => null));
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (done) return 'ended';
      timer = give(silentMs);
      yield* parser(value);
    }
  } catch (cause) {
    throw cause instanceof TroupeError ? cause : serverUnreachable(url, cause);
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

/** Pieces of a stream to events, as the HTML standard has them (§9.2.6); one without data tells only an id. */
function createParser(): (piece: string) => ServerEvent[] {
  let rest = '';
  let fields: { id?: string; event?: string; data: string[] } = { data: [] };
  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    const events: ServerEvent[] = [];
    for (const line of lines) {
      if (line === '') {
        const { id, event = 'message', data } = fields;
        if (id !== undefined || data.length > 0) events.push({ id, event, data: data.join('\n') });
        fields = { data: [] };
        continue;
      }
      const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
      if (name === 'data') fields.data.push(value);
      else if (name === 'id' || name === 'event') fields[name] = value;
    }
    return events;
  };
}
