import { type Command, UsageError } from '../../cli/index.ts';
import { parseConfig } from '../config.ts';
import { findModelsFolder } from '../folders.ts';
import { removeModel } from '../media/index.ts';
import { withAuditLine } from './with-audit-line.ts';

export const removePluginCommand: Command = {
  summary: 'Removes a plug-in (an ONNX model) from this machine.',
  oldNames: ['models remove'],
  positionals: 'NAME-OR-TASK',
  options: { json: { type: 'boolean', describe: 'print one JSON object' } },
  async run(values, environment, words) {
    const [name, ...others] = words;
    if (name === undefined || others.length > 0) throw new UsageError('name one model, or its task');
    const config = parseConfig(environment);
    const { removed, task } = await withAuditLine(
      config,
      environment,
      async () => {
        const { task, model } = await removeModel(findModelsFolder(config), name);
        return { removed: model?.name ?? task, task };
      },
      ({ removed, task }) => ({ action: 'plugin.remove', subject: `plugin:${removed}`, details: { task } }),
    );
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ name: removed, task })}\n`
        : `${removed} is removed\nstart a running server anew: until then its builds miss the file and fail\n`,
    );
    return 0;
  },
};
