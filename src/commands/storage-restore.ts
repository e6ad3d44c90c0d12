import type { Command } from '../../cli/index.ts';
import { parseConfig } from '../config.ts';
import { findStorageFolder } from '../folders.ts';
import {
  listQuarantine,
  openStorage,
  type QuarantinedFile,
  restoreQuarantined,
  type Storage,
} from '../storage/index.ts';
import { withAuditLine } from './with-audit-line.ts';

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
    const lying = (await Array.fromAsync(listQuarantine(storage))).filter(({ former }) => former.startsWith(prefix));
    const seen = lying.length;
    const aside = values['dry-run'] ? lying.map(({ former, since }) => ({ key: former, since })) : [];
    const { restored, kept } = values['dry-run']
      ? { restored: 0, kept: 0 }
      : await withAuditLine(
          config,
          environment,
          () => restoreAll(storage, lying),
          (counts) =>
            counts.restored === 0
              ? null
              : { action: 'storage.restore', subject: `storage:${prefix || 'all'}`, details: counts },
        );
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

async function restoreAll(
  storage: Storage,
  files: readonly QuarantinedFile[],
): Promise<{ restored: number; kept: number }> {
  const counts = { restored: 0, kept: 0 };
  for (const file of files) {
    if (await restoreQuarantined(storage, file)) counts.restored += 1;
    else counts.kept += 1;
  }
  return counts;
}
