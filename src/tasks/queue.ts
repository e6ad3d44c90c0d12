/** The job queue of tasks that wait for their work to be done. A job carries `{ task_id }`. */
export const buildQueue = 'build';
