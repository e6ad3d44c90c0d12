import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConfig, lintFromString } from '@redocly/openapi-core';

const path = join(fileURLToPath(import.meta.url), '../../openapi.json');

/**
 * What Redocly's recommended rules find in an OpenAPI document, warnings too: `pointer: message (rule)`. Its examples must
 * fit their schemas.
 */
export async function listProblems(source: string): Promise<string[]> {
  const config = await createConfig({
    extends: ['recommended'],
    rules: {
      'no-invalid-media-type-examples': 'error',
      'no-invalid-schema-examples': 'error',
      // The document of a server that runs on the reader's machine names that machine.
      'no-server-example.com': 'off',
      // A vendor's own paths: `/v1/videos/characters/{character_id}` beside `/v1/videos/{video_id}/content`. The router takes the fixed name.
      'no-ambiguous-paths': 'off',
      // Health and the public catalog take no key and refuse nobody.
      'operation-4xx-response': 'off',
    },
  });
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  return problems.map(({ message, location, ruleId }) => `${location[0]?.pointer}: ${message} (${ruleId})`);
}

if (import.meta.main) {
  const problems = await listProblems(await readFile(path, 'utf8'));
  if (problems.length > 0) {
    process.stderr.write(`openapi.json has ${problems.length} problem(s):\n${problems.join('\n')}\n`);
    process.exitCode = 1;
  }
}
