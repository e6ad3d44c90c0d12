/** The job queue of due callbacks, grouped by receiving host. A job carries `{ task_id }`. */
export const deliverQueue = 'deliver';
