import type { Command } from '../../cli/index.ts';
import { parseConfig } from '../config.ts';
import { findStorageFolder } from '../folders.ts';
import { listQuarantine, openStorage, restoreQuarantined } from '../storage/index.ts';

export const restoreStorageCommand: Command = {
  summary: 'Moves files back that sweeps have moved aside because the database did not know them.',
  options: {
    prefix: { type: 'string', describe: 'only keys that begin so, such as elements/1234567890123456/' },
    'dry-run': { type: 'boolean', describe: 'only list them' },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  more: 'A worker does this by itself for what its database knows again. What it still does not know is moved aside again later.',
  async run(values, environment) {
    const config = parseConfig(environment);
    const storage = await openStorage(config.storage, findStorageFolder(config));
    const prefix = (values.prefix as string | undefined) ?? '';
    const counts = { restored: 0, kept: 0, seen: 0 };
    const aside: { key: string; since: Date }[] = [];
    for (const file of await Array.fromAsync(listQuarantine(storage))) {
      if (!file.former.startsWith(prefix)) continue;
      counts.seen += 1;
      if (values['dry-run']) aside.push({ key: file.former, since: file.since });
      else if (await restoreQuarantined(storage, file)) counts.restored += 1;
      else counts.kept += 1;
    }
    const { restored, kept, seen } = counts;
    if (values.json) {
      const answer = values['dry-run'] ? { aside } : { restored_count: restored, kept_count: kept };
      process.stdout.write(`${JSON.stringify(answer)}\n`);
      return 0;
    }
    for (const { key, since } of aside) process.stdout.write(`${key}  aside since ${since.toISOString()}\n`);
    const more = kept === 0 ? '' : `; ${kept} stay aside, as another file has their place`;
    process.stdout.write(values['dry-run'] ? `${seen} files lie aside\n` : `${restored} files are back${more}\n`);
    return 0;
  },
};
