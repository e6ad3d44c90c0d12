/** What a command ends with; `troupe help` lists them. */
export const exitCodes = {
  done: 0,
  /** The server or this machine refused. */
  failed: 1,
  /** Wrong words or settings. */
  usage: 2,
  unreachable: 3,
  /** The task was waited for and ended as failed or cancelled. */
  taskFailed: 4,
} as const;
