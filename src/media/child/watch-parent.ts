/**
 * Thread of a media child process that ends the child and all it started within a second of the parent's death. The
 * child's main thread hears of it by itself when it listens; this is for one that spins in a loop and never does.
 */
import { workerData } from 'node:worker_threads';

const { parentId } = workerData as { parentId: number };

setInterval(() => {
  if (process.ppid !== parentId) process.kill(-process.pid, 'SIGKILL');
}, 1000);
