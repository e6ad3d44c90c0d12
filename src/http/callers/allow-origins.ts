import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/**
 * Lets pages of these origins (`*` for any) call the server from a browser and read its answers and files. With none
 * nothing is sent, so browsers refuse every page of another origin. Keys go in a header, so no cookie is ever allowed.
 */
export async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await app.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'X-Api-Key', 'Content-Type', 'Idempotency-Key', 'Range'],
    exposedHeaders: [
      'X-Request-Id',
      'Retry-After',
      'RateLimit',
      'RateLimit-Policy',
      'Idempotency-Replayed',
      'Troupe-Ignored-Fields',
      'Content-Range',
      'Accept-Ranges',
      'Content-Length',
    ],
    maxAge: 7200,
    // A plain OPTIONS is answered like any other method that isn't there.
    strictPreflight: false,
  });
}
