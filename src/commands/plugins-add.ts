import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, findCallersFolder, type OptionValues, UsageError } from '../../cli/index.ts';
import { type Config, chooseNetworkOptions, parseConfig } from '../config.ts';
import { findModelsFolder } from '../folders.ts';
import { createNetwork } from '../lib/safe-fetch/index.ts';
import {
  type AddModelOptions,
  knownModels,
  type ModelTask,
  modelTasks,
  takeModel,
  tooMuchMemory,
} from '../media/index.ts';
import { takeFromPackage } from './take-from-package.ts';
import { withAuditLine } from './with-audit-line.ts';

export const addPluginCommand: Command = {
  summary: 'Adds a plug-in, an ONNX model for mattes, likeness or faces, to this machine, after trying it.',
  oldNames: ['models add'],
  positionals: 'PATH-OR-URL-OR-NAME',
  options: {
    task: { type: 'string', describe: `${modelTasks.join(', ')}; of a known model its own` },
    sha256: { type: 'string', describe: 'checksum of the file, 64 hexadecimal digits; of a known model its own' },
    architecture: { type: 'string', describe: 'what it is; found by its inputs and outputs when missing' },
    name: { type: 'string', describe: 'what to call it (default: name of the file)' },
    'same-subject-at': {
      type: 'string',
      describe: 'embedding: cosine at which two pictures are as likely as not of one subject',
    },
    'accept-licence': { type: 'boolean', describe: 'take a model whose licence binds its users' },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  more:
    'example: troupe plugins add u2netp.onnx --task matting --sha256 309c8469…\n' +
    `Known models, added by their names alone: ${knownModels.map(({ name }) => name).join(', ')}\n` +
    'Known architectures and their licences: docs/guides/models.md',
  async run(values, environment, words) {
    const config = parseConfig(environment);
    const addition = parseOptions(values, words, findCallersFolder(environment), config.media.modelMemoryMib);
    const download = (url: string, path: string) => downloadModel(config, url, path);
    const entry = await withAuditLine(
      config,
      environment,
      () => takeModel(findModelsFolder(config), addition, config.media, { now: new Date(), download, takeFromPackage }),
      (taken) => ({
        action: 'plugin.add',
        subject: `plugin:${taken.name}`,
        details: { task: taken.task, architecture: taken.architecture, sha256: taken.sha256 },
      }),
    );
    const { name, task, architecture, memory_mib, load_seconds, run_seconds } = entry;
    process.stdout.write(
      values.json
        ? `${JSON.stringify(entry)}\n`
        : `${name} is the ${task} model now (${architecture}); on a small picture it took ${memory_mib} MiB, ` +
            `${load_seconds} s to load and ${run_seconds} s to run\na running server uses it after its next start\n`,
    );
    return 0;
  },
};

function parseOptions(
  values: OptionValues,
  words: readonly string[],
  folder: string,
  memoryMib: number,
): AddModelOptions {
  const [from, ...others] = words;
  if (from === undefined || others.length > 0) {
    throw new UsageError('name one model file, its https URL, or a known model');
  }
  const text = (name: string) => values[name] as string | undefined;
  const path = resolve(folder, from);
  const known = existsSync(path) ? undefined : knownModels.find(({ name }) => name === from);
  if ((known?.memoryMib ?? 0) > memoryMib) throw tooMuchMemory(from, known?.memoryMib ?? 0, memoryMib);
  const asked = text('task') ?? known?.task;
  if (asked === undefined) throw new UsageError('--task is required');
  const task = modelTasks.find((one) => one === asked);
  if (task === undefined) throw new UsageError(`--task must be one of ${modelTasks.join(', ')}, is '${asked}'`);
  const sha256 = text('sha256') ?? known?.sha256;
  if (sha256 === undefined) throw new UsageError('--sha256 is required');
  const at = text('same-subject-at');
  return {
    from: known?.url ?? (/^https?:/i.test(from) ? from : path),
    package: known?.package,
    sha256,
    task: task satisfies ModelTask,
    architecture: text('architecture'),
    name: text('name') ?? known?.name,
    sameSubjectAt: at === undefined ? undefined : Number(at),
    acceptLicence: values['accept-licence'] === true,
  };
}

/** An ONNX file can't be larger: its format has no lengths beyond 2 GiB. */
const bytesMax = 2 * 1024 ** 3;
const timeoutMs = 3_600_000;

async function downloadModel(config: Config, url: string, path: string): Promise<void> {
  const network = createNetwork(chooseNetworkOptions(config));
  try {
    await network.download(url, { path, bytesMax, timeoutMs, schemes: ['https'], redirectsMax: 5 });
  } catch (error) {
    const { message, detail } = error as { message: string; detail?: string };
    throw new Error(`${url} ${message}${detail === undefined ? '' : ` (${detail})`}`, { cause: error });
  } finally {
    await network.close();
  }
}
