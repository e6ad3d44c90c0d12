import { resolve } from 'node:path';
import { type Command, findCallersFolder, UsageError } from '../../cli/index.ts';
import { parseConfig } from '../config.ts';
import { buildElementFolder } from '../engines/index.ts';
import { findModelsFolder } from '../folders.ts';
import { checkFaceComparison, openPlugins } from '../media/index.ts';

export const buildElementCommand: Command = {
  summary: 'Builds an element into a folder, on this machine, without a server or a database.',
  positionals: 'FRONTAL REFERENCE… | CLIP',
  options: {
    output: { type: 'string', short: 'o', required: true, describe: 'folder to write into, made when missing' },
    json: { type: 'boolean', describe: 'print the manifest as JSON' },
  },
  more: 'example: troupe elements build front.jpg side.jpg -o element',
  async run(values, environment, words) {
    if (words.length < 1) throw new UsageError('name one clip, or pictures with the frontal one first');
    const config = parseConfig(environment);
    const { media } = config;
    const plugins = await openPlugins(findModelsFolder(config), media.onnxRuntime);
    await checkFaceComparison(media, plugins.folder);
    const from = findCallersFolder(environment);
    const folder = resolve(from, values.output as string);
    const paths = words.map((word) => resolve(from, word));
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort(new Error('stopped')));
    const tools = { signal: stop.signal, onProgress: () => undefined };
    const draft = await buildElementFolder(paths, folder, media, tools, plugins);
    const lines = draft.files.map((file) => `  ${file.role.padEnd(10)} ${file.name}`);
    const findings = draft.manifest.report.map(({ level, message }) => `  ${level.padEnd(10)} ${message}`);
    const report = findings.length === 0 ? [] : ['its report says', ...findings];
    process.stdout.write(
      values.json
        ? `${JSON.stringify(draft.manifest)}\n`
        : `${[`${folder} holds`, ...lines, '  manifest   element.json', ...report].join('\n')}\n`,
    );
    return 0;
  },
};
