/** The least that can answer the query: one route, one SELECT of the same columns by the same key, no checks at all. */
import fastify from 'fastify';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 24 });
const app = fastify();

app.get<{ Params: { task_id: string } }>('/v1/tasks/:task_id', async (request) => {
  const { rows } = await pool.query({
    name: 'task',
    text: 'select * from tasks where id = $1',
    values: [request.params.task_id],
  });
  return rows[0];
});

process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
