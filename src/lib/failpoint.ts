/**
 * A named place where a test may kill this process, as a power cut would: SIGKILL, no clean-up, no last words. Off
 * unless `armFailpoint` was called, which only the setting `TROUPE_FAILPOINT` does; the server announces it loudly.
 */
let armed: string | undefined;

/** Names the point at which this process will kill itself; undefined for none. */
export function armFailpoint(name: string | undefined): void {
  armed = name;
}

/** Ends the process by SIGKILL when this point is armed, as a crash would; costs a comparison else. */
export function failpoint(name: string): void {
  if (armed === name) process.kill(process.pid, 'SIGKILL');
}
