import { userInfo } from 'node:os';
import type { Actor } from '../audit/index.ts';

/** Who runs this command, for the audit lines: the user of the operating system, and behind `sudo` the one who asked it. */
export function findOperator(environment: Readonly<Record<string, string | undefined>>): Actor {
  const asked = environment.SUDO_USER;
  return `user:${findUserName()}${asked === undefined || asked === '' ? '' : ` (sudo by ${asked})`}`;
}

function findUserName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`; // a container's user need not have a name
  }
}
