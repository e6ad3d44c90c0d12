import type { VideoTools } from '../engines/index.ts';
import type { Task } from '../tasks/index.ts';
import type { Context } from './context.ts';
import type { FetchedSource } from './fetch-sources.ts';

/** One attempt at a task; the work folder is its own. */
export interface Attempt {
  context: Context;
  task: Task;
  workFolder: string;
  tools: VideoTools;
}

/** An attempt whose sources lie in its work folder. */
export interface Work extends Attempt {
  sources: readonly FetchedSource[];
}
