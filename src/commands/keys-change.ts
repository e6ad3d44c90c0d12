import { type Command, describeKey, type OptionValues, UsageError } from '../../cli/index.ts';
import { type KeyChange, presentKey } from '../accounts/index.ts';
import { editKey, removeKey } from '../flow/index.ts';
import { findOperator } from './find-operator.ts';
import { keyFieldOptions, readKeyFields } from './key-fields.ts';
import { withDatabase } from './with-database.ts';

const json: Command['options'] = { json: { type: 'boolean', describe: 'print the key as one JSON object' } };

export const editKeyCommand: Command = {
  summary: "Changes a key's name, limits, models or end; what isn't named stays.",
  positionals: 'KEY_ID',
  options: { name: { type: 'string', describe: 'its new name' }, ...keyFieldOptions, ...json },
  more: "A limit, models or an end of 'none' is taken away.\nexample: troupe keys edit 3 --daily-limit 100 --expires none",
  check: checkKeyId,
  run: change((values) => {
    const name = values.name as string | undefined;
    const wanted: KeyChange = { name, ...readKeyFields(values) };
    if (Object.values(wanted).every((value) => value === undefined)) throw new UsageError('name what is to change');
    return wanted;
  }),
};

export const disableKeyCommand: Command = {
  summary: 'Switches a key off at once, on every running process; enable takes it back.',
  positionals: 'KEY_ID',
  options: json,
  check: checkKeyId,
  run: change(() => ({ disabled: true })),
};

export const enableKeyCommand: Command = {
  summary: 'Switches a disabled key on again.',
  positionals: 'KEY_ID',
  options: json,
  check: checkKeyId,
  run: change(() => ({ disabled: false })),
};

export const deleteKeyCommand: Command = {
  summary: 'Deletes a key for good, at once on every running process; its tasks and elements stay.',
  positionals: 'KEY_ID',
  options: json,
  check: checkKeyId,
  async run(values, environment, words) {
    return await withDatabase(environment, async (db) => {
      const key = await removeKey(db, findOperator(environment), readKeyId(words), new Date());
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ ...presentKey(key), deleted: true })}\n`
          : `key ${key.id}, ${key.name} (${key.hint}), is deleted\n`,
      );
      return 0;
    });
  },
};

function change(readChange: (values: OptionValues) => KeyChange): Command['run'] {
  return async (values, environment, words) => {
    const keyId = readKeyId(words);
    const wanted = readChange(values);
    return await withDatabase(environment, async (db) => {
      const now = new Date();
      const key = presentKey(await editKey(db, findOperator(environment), keyId, wanted, now));
      process.stdout.write(values.json ? `${JSON.stringify(key)}\n` : describeKey(key, now));
      return 0;
    });
  };
}

function checkKeyId(_: OptionValues, words: readonly string[]): void {
  readKeyId(words);
}

function readKeyId(words: readonly string[]): number {
  const [text = '', ...others] = words;
  if (!/^[1-9]\d{0,14}$/.test(text) || others.length > 0) {
    throw new UsageError("name one key by its id, a number that 'troupe keys list' shows");
  }
  return Number(text);
}
