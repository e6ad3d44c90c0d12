import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool } from './pool/create-pool.ts';
import type { JobHooks } from './pool/run-job.ts';
import type { JobLimits } from './pool/watch-job.ts';

/** The jobs of a media child: the name of each is that of its file in `jobs/`, whose default export it is. */
interface MediaJobs {
  build: typeof import('./jobs/build.ts');
  convert: typeof import('./jobs/convert.ts');
  'convert-picture': typeof import('./jobs/convert-picture.ts');
  'draw-stills': typeof import('./jobs/draw-stills.ts');
  'find-video-tools': typeof import('./jobs/find-video-tools.ts');
  inspect: typeof import('./jobs/inspect.ts');
  'mend-matte': typeof import('./jobs/mend-matte.ts');
  remake: typeof import('./jobs/remake.ts');
  'render-animatic': typeof import('./jobs/render-animatic.ts');
  'render-stills': typeof import('./jobs/render-stills.ts');
  'rewrite-image': typeof import('./jobs/rewrite-image.ts');
  'shrink-picture': typeof import('./jobs/shrink-picture.ts');
  'try-encoder': typeof import('./jobs/try-encoder.ts');
  'try-model': typeof import('./jobs/try-model.ts');
  verify: typeof import('./jobs/verify.ts');
}

type Job<Name extends keyof MediaJobs> = MediaJobs[Name]['default'];

/** Runs a job in a child of the pool. Throws as `Pool.run` does. */
export async function runMediaJob<Name extends keyof MediaJobs>(
  pool: Pool,
  name: Name,
  input: Parameters<Job<Name>>[0],
  limits: JobLimits,
  hooks?: JobHooks,
): Promise<Awaited<ReturnType<Job<Name>>>> {
  const module = new URL(`./jobs/${name}${extname(fileURLToPath(import.meta.url))}`, import.meta.url).href;
  // What crosses the channel is what the job of that name returned.
  return (await pool.run({ module, input }, limits, hooks)) as Awaited<ReturnType<Job<Name>>>;
}
