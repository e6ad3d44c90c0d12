import type { Command } from '../../cli/index.ts';
import { parseConfig } from '../config.ts';
import { findModelsFolder } from '../folders.ts';
import { findRuntime, type ListedModel, listModels } from '../media/index.ts';

export const listPluginsCommand: Command = {
  summary: 'Lists the plug-ins (ONNX models) of this machine, and whether they are sound.',
  oldNames: ['models list'],
  options: { json: { type: 'boolean', describe: 'print one JSON object' } },
  more: "The models of the API are listed by 'troupe models'.",
  async run(values, environment) {
    const config = parseConfig(environment);
    const folder = findModelsFolder(config);
    const listed = await listModels(folder);
    const runtime = await findRuntime(config.media.onnxRuntime, folder).then(
      ({ name, version }) => ({ name, version }),
      (error: Error) => ({ missing: error.message }),
    );
    if (values.json) {
      const models = listed.map(({ task, path, model, fault }) => ({ ...model, task, path, fault }));
      process.stdout.write(`${JSON.stringify({ models, runtime })}\n`);
    } else {
      const ran = 'missing' in runtime ? runtime.missing : presentRuntime(runtime);
      process.stdout.write(
        [...listed.flatMap(presentModel), listed.length === 0 ? 'no model is added' : ran, ''].join('\n'),
      );
    }
    return listed.some(({ fault }) => fault !== null) ? 1 : 0;
  },
};

function presentRuntime({ name, version }: { name: string; version: string }): string {
  const hint = name === 'onnxruntime-web' ? ' (onnxruntime-node is about four times as fast)' : '';
  return `they are run by ${name} ${version}${hint}`;
}

function presentModel({ task, path, model, fault }: ListedModel): string[] {
  const head = `${task.padEnd(10)} ${model?.name ?? '?'}  ${model?.architecture ?? ''}`.trimEnd();
  const state =
    fault === null ? `sha256 ${model?.sha256}, ${model?.memory_mib} MiB, from ${model?.source}` : `UNSOUND: ${fault}`;
  return [head, `  ${state}`, `  ${path}`];
}
