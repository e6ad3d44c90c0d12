/**
 * The task record: one accepted request and its outcome. Owns its states, its claims and how it's shown to callers; not
 * what the request means, costs or makes. Invariant: a task leaves `pending` and `processing` exactly once, and only by
 * a write that carries the current attempt or by its owner's cancel.
 */
export { createTaskFinder, type TaskFinder } from './create-task-finder.ts';
export { createTaskId, isMadeTaskId, isTaskId } from './create-task-id.ts';
export { externalIdTaken, idempotencyConflict, invalidTaskId, taskFinished, taskNotFound, taskPaid } from './errors.ts';
export { createDurationEstimates, type DurationEstimates } from './estimate-duration.ts';
export { createFeed, type Feed, type FeedEvent, type Following } from './feed/create-feed.ts';
export { type Position, parsePosition } from './feed/position.ts';
export { deleteChangesBefore } from './feed/queries.ts';
export { nameChanges } from './feed/topic.ts';
export { createUnfinishedLimit, type UnfinishedLimit } from './limit-unfinished.ts';
export { countTasks, listTasks, listTasksAfter } from './list-queries.ts';
export { type PresentedTask, presentTask, presentTaskLine } from './present-task.ts';
export {
  findTask,
  findTaskByExternalId,
  findTaskByIdempotencyKey,
  insertTask,
  insertTasks,
  isTransactionOpen,
  listEnds,
  listTasksByIds,
  listUnfinishedBefore,
  listUsedKeys,
  lockUnfinished,
  markTaskDeleted,
  type NewTask,
} from './queries.ts';
export {
  forgetRequests,
  forgetTasks,
  listAfterForgotten,
  listEndedBefore,
  noteForgotten,
  type Place,
  sumUsage,
  takeForgottenMark,
} from './retention-queries.ts';
export type { TaskError } from './schema.ts';
export {
  type Claim,
  type Completion,
  cancelTask,
  claimTasks,
  completeTasks,
  confirmClaim,
  failTask,
  listCompletedBy,
  releaseTask,
  resumeTask,
  setProgress,
} from './state-queries.ts';
export type { Task } from './tables.ts';
export { listUsage, type UsageGroup, usageGroups } from './usage-queries.ts';
export { type WorkQueue, workQueues } from './work-queues.ts';
