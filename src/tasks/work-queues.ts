/**
 * The job queues of tasks that wait for their work to be done, by where it is done: on this machine's cores, or by a
 * service elsewhere that is mostly waited for. A job carries `{ task_id }`.
 */
export const workQueues = { local: 'build', remote: 'upstream' } as const;

type WorkPlace = keyof typeof workQueues;
/** A queue of work: `build` for this machine's cores, `upstream` for what waits for a service. */
export type WorkQueue = (typeof workQueues)[WorkPlace];
