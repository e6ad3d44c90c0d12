/** Every state of a task, as documented. */
export const taskStatuses = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** The moves a task may make. The statements in `queries.ts` name the states they move from; `states.test.ts` holds them to this table. */
export const moves: Readonly<Record<TaskStatus, readonly TaskStatus[]>> = {
  pending: ['processing', 'failed', 'cancelled'],
  processing: ['pending', 'processing', 'completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
};

/** Whether no move leads on from here. */
export function isFinished(status: TaskStatus): boolean {
  return moves[status].length === 0;
}

/** States from which `to` can be reached. */
export function statesBefore(to: TaskStatus): TaskStatus[] {
  return taskStatuses.filter((from) => moves[from].includes(to));
}
