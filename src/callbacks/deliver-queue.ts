/**
 * The job queue of due callbacks, grouped by receiving host. A job carries `{ task_id }`, and in a later round than the
 * first `after`, the number of attempts before it: the job of a round that is over opens none.
 */
export const deliverQueue = 'deliver';
