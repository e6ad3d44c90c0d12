/** What the processes are told by when tasks of an account have changed; see `createFeed`. */
export function nameChanges(accountId: number): string {
  return `tasks/${accountId}`;
}
