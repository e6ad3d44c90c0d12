import openapiTypescript, { astToString } from 'openapi-typescript';

const head = '// Generated from openapi.json by npm run generate. Change the schemas in src, not this file.\n\n';

/** Text of `client/types.ts`: the types of every path and schema of the document. */
export async function generateClientTypes(openapi: string): Promise<string> {
  // A field with a default may be left out of a request.
  return head + astToString(await openapiTypescript(JSON.parse(openapi), { defaultNonNullable: false }));
}
