import { type Command, UsageError } from '../../cli/index.ts';
import { noteChange } from '../audit/index.ts';
import { parseConfig } from '../config.ts';
import { transaction } from '../db/index.ts';
import { deleteKlingElement, type KlingElement, listKlingElements, markDeletedAtKling } from '../kling/index.ts';
import { findOperator } from './find-operator.ts';
import { openDatabase } from './open-database.ts';
import { accountOption, withKlingClient } from './open-kling-client.ts';

export const listKlingElementsCommand = listElements('own', "Lists the Kling account's own elements.");
export const listKlingPresetsCommand = listElements(
  'presets',
  "Lists the vendor's elements, which every account may use.",
);

export const deleteKlingElementCommand: Command = {
  summary:
    'Deletes an element from the Kling account. Elements of this server stay, and are made there anew when needed.',
  positionals: 'UPSTREAM_ID',
  options: { ...accountOption, json: { type: 'boolean', describe: 'print one JSON object' } },
  async run(values, environment, words) {
    const [id, ...others] = words;
    if (id === undefined || others.length > 0 || !/^\d+$/.test(id))
      throw new UsageError('name one upstream element id');
    const config = parseConfig(environment);
    const database = await openDatabase(config);
    try {
      const bindings = await withKlingClient(config, values['kling-account'], async (client) => {
        await deleteKlingElement(client, id);
        return await transaction(database.db, async (tx) => {
          const marked = await markDeletedAtKling(tx, client.credential.fingerprint, id);
          await noteChange(tx, {
            actor: findOperator(environment),
            action: 'kling_element.delete',
            subject: `kling_element:${id}`,
            account_id: null,
            details: { bindings: marked },
          });
          return marked;
        });
      });
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ upstream_element_id: id, bindings })}\n`
          : `deleted; ${bindings} element(s) of this server were bound to it\n`,
      );
      return 0;
    } finally {
      await database.close();
    }
  },
};

function listElements(whose: 'own' | 'presets', summary: string): Command {
  return {
    summary,
    options: { ...accountOption, json: { type: 'boolean', describe: 'print one JSON object for each' } },
    async run(values, environment) {
      let count = 0;
      await withKlingClient(parseConfig(environment), values['kling-account'], async (client) => {
        for await (const element of listKlingElements(client, whose)) {
          process.stdout.write(`${values.json ? JSON.stringify(element) : presentLine(element)}\n`);
          count++;
        }
      });
      if (!values.json) process.stdout.write(`${count} element(s)\n`);
      return 0;
    },
  };
}

function presentLine({ element_id, reference_type, element_name, deleted }: KlingElement): string {
  return `${element_id.padEnd(20)} ${reference_type.padEnd(12)} ${element_name}${deleted ? ' (deleted)' : ''}`;
}
