import { errorCodes } from '../src/lib/errors.ts';

/** `client/error-codes.ts`: the client is a package of its own and can't import the server's list. */
export function generateErrorCodes(): string {
  return `// Generated from src/lib/errors.ts by npm run generate.

/** Every code that a server answers with or that a failed task has, each with an entry in the error guide. */
export const serverErrorCodes = [
${errorCodes.map((code) => `  '${code}',`).join('\n')}
] as const;

/** A code of {@link serverErrorCodes}, or one of the client's own. */
export type TroupeErrorCode =
  | (typeof serverErrorCodes)[number]
  | 'server_unreachable'
  | 'unexpected_answer'
  | 'invalid_client_options';
`;
}
