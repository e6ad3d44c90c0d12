import type { Context } from '../context.ts';
import type { VideoTools } from '../engines/index.ts';
import type { Task } from '../tasks/index.ts';
import type { FetchedSource } from './fetch-sources.ts';

/** One attempt at a task: its sources lie in the work folder, which is this attempt's own. */
export interface Work {
  context: Context;
  task: Task;
  sources: readonly FetchedSource[];
  workFolder: string;
  tools: VideoTools;
}
