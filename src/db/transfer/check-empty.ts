import { describeTables } from './describe-tables.ts';
import { openSession } from './open-session.ts';

/**
 * Throws an Error that names a table unless the database may be filled: it has no tables in `schemas`, or those that `madeBy` has made, of
 * which only `seeded` ones hold rows, as a copy that was cut off leaves it.
 */
export async function checkEmpty(
  url: string,
  { schemas, madeBy, seeded }: { schemas: readonly string[]; madeBy: string; seeded: readonly string[] },
): Promise<void> {
  const client = await openSession(url);
  try {
    const tables = await describeTables(client, schemas);
    const [first] = tables;
    if (first === undefined) return;
    if (!tables.some(({ name }) => name === madeBy)) {
      throw new Error(`is not empty: it has the table ${first.name} of another program; name an empty database`);
    }
    for (const { name } of tables.filter((table) => !seeded.includes(table.name))) {
      const { rowCount } = await client.query(`select from ${name} limit 1`);
      if (rowCount !== 0) throw new Error(`is not empty: ${name} holds rows; name an empty database`);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}
