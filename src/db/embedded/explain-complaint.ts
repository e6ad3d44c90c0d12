/** What passes by itself: a predecessor's processes are still leaving, or another starter was faster. */
const passing =
  /pre-existing shared memory block|lock file ".*" already exists|Address already in use|could not bind|database system is (starting up|shutting down)/;

/** The way out of what PostgreSQL complains of at its start; the first that fits. */
const remedies: readonly [RegExp, string][] = [
  [
    /No space left on device|Disk quota exceeded/,
    'the disk is full: make room there and start again; nothing was lost',
  ],
  [/Read-only file system/, 'the file system is read-only: mount it writable and start again'],
  [
    /Permission denied|wrong ownership|must be started by the user/,
    'give the folder to the user that this program runs as, with chown -R',
  ],
  [
    /is not compatible with this version|incompatible with server/,
    'another version of PostgreSQL made this database: start the version of this program that made it, or restore a dump of it',
  ],
  [
    /could not locate a valid checkpoint|invalid primary checkpoint|could not read file|unexpected data beyond EOF|is corrupted/,
    'the files of the database are damaged, by a copy of a running one perhaps: restore a backup of the data folder',
  ],
  [/Too many open files/, 'raise the limit of open files (ulimit -n, LimitNOFILE)'],
  [
    /Cannot allocate memory|could not create shared memory|could not map anonymous shared memory/,
    'there is too little memory: make some free, or give the container more',
  ],
  [
    /error while loading shared libraries|cannot execute|Exec format error/,
    "PostgreSQL's programs can't run on this system: name a PostgreSQL server in DATABASE_URL",
  ],
];

/** The last line of a log of PostgreSQL's that says why it ended, without time and process; empty where none does. */
export function readComplaint(log: string): string {
  const found = [...log.matchAll(/^.*?(?:FATAL|PANIC): {1,2}(.*)$|^.*(error while loading shared libraries.*)$/gm)].at(
    -1,
  );
  return (found?.[1] ?? found?.[2] ?? '').trim();
}

/** Whether another try in a moment may go well. Where nothing was said it was killed, by somebody or something else. */
export function isPassing(complaint: string): boolean {
  return complaint === '' || passing.test(complaint);
}

/** A complaint as one sentence for the operator: where, what, and the remedy. */
export function explainComplaint(complaint: string, clusterFolder: string): string {
  const remedy = remedies.find(([pattern]) => pattern.test(complaint))?.[1] ?? `its log is ${clusterFolder}/server.log`;
  return `PostgreSQL can't start in ${clusterFolder} (${complaint}): ${remedy}`;
}
