import { parseConfig } from '../src/config.ts';
import type { Context } from '../src/flow/index.ts';
import { createApp } from '../src/http/app.ts';
import { noTracing } from '../src/tracing/index.ts';

/**
 * The OpenAPI document of the server with default settings, as text. No server, no database: a route touches its
 * context only when a request comes, and none does.
 */
export async function generateOpenapi(): Promise<string> {
  const config = parseConfig({});
  const context = { config, database: {}, tracing: noTracing } as unknown as Context;
  const app = await createApp(context, config);
  try {
    await app.ready();
    return `${JSON.stringify(app.swagger(), null, 2)}\n`;
  } finally {
    await app.close();
  }
}
