/** The system's words for a full disk or quota and for too many open files, and PostgreSQL's for its own full disk. */
const codes = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', '53100']);

/** Whether something failed for want of room, which may be there again later. */
export function isOutOfRoom(error: unknown): boolean {
  return codes.has(String((error as { code?: unknown } | null)?.code ?? ''));
}
