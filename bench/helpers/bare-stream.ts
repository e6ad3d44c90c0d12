/** The least that can stream events: every reader gets what is posted, and a comment every 15 s. No database, no keys, no ids. */
import { PassThrough } from 'node:stream';
import fastify from 'fastify';

const app = fastify();
const streams = new Set<PassThrough>();

app.get('/v1/events', (_, reply) => {
  const stream = new PassThrough();
  streams.add(stream);
  stream.once('close', () => streams.delete(stream));
  reply.raw.once('close', () => stream.destroy());
  stream.write(': open\n\n');
  return reply.header('content-type', 'text/event-stream').send(stream);
});

app.post('/emit', async (request) => {
  const text = `event: task\ndata: ${JSON.stringify(request.body)}\n\n`;
  for (const stream of streams) stream.write(text);
  return { ok: true };
});

setInterval(() => {
  for (const stream of streams) stream.write(': alive\n\n');
}, 15_000);

process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
