import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type Client,
  type Cutout,
  getCutout,
  type Mending,
  mendCutout,
  previewCutout,
  undoMending,
} from '../client/index.ts';
import { findCallersFolder, parseNumber, UsageError } from './arguments.ts';
import type { Command, OptionValues } from './command.ts';
import { openClient } from './open-client.ts';
import { saveStream } from './save-stream.ts';

type Strokes = NonNullable<Mending['strokes']>;

/** Of the longer side: the brush where no --radius is given. */
const radiusShare = 0.02;

export const mendElementCommand: Command = {
  summary: 'Mends the cut-out of one picture of an element.',
  positionals: 'ELEMENT_ID VIEW',
  options: {
    keep: {
      type: 'string',
      multiple: true,
      check: parsePoints,
      describe: "a stroke over what is subject: 'X,Y' or 'X,Y X,Y …'",
    },
    remove: { type: 'string', multiple: true, check: parsePoints, describe: 'a stroke over what is not, as --keep' },
    radius: {
      type: 'string',
      check: (text) => parseNumber('radius', text),
      describe: 'half the width of the brush in pixels (default: a fiftieth of the longer side)',
    },
    alpha: { type: 'string', describe: 'a PNG to take for the matte: its alpha, or its grey with the subject white' },
    preview: { type: 'string', describe: 'save the matte as this PNG and change nothing' },
    undo: { type: 'boolean', describe: 'go back to the automatic cut-out' },
    revision: {
      type: 'string',
      check: (text) => parseNumber('revision', text),
      describe: 'refuse when the element has another revision by now',
    },
    json: { type: 'boolean', describe: 'print the cut-out as JSON' },
  },
  more: [
    'VIEW is a picture: frontal, refer-1 …, of a clip frame-1 …. Points are pixels of the upright picture. All --keep are painted',
    'first, then all --remove. What lies under a stroke is as it says; what is like it and near follows.',
  ].join('\n'),
  check(values, words) {
    parseWords(words);
    const paints = values.keep !== undefined || values.remove !== undefined || values.alpha !== undefined;
    if (values.undo && (paints || values.preview !== undefined)) throw new UsageError('give --undo alone');
    if (!values.undo && !paints) throw new UsageError('say what to do: --keep, --remove, --alpha or --undo');
  },
  async run(values, environment, words) {
    const client = openClient(environment);
    const folder = findCallersFolder(environment);
    const [elementId, view] = parseWords(words);
    const revision = parseNumber('revision', values.revision);
    if (values.undo) return print(values, await undoMending(client, elementId, view, revision));
    const mending = await readMending(client, elementId, view, values, folder);
    if (typeof values.preview !== 'string') return print(values, await mendCutout(client, elementId, view, mending));
    const path = resolve(folder, values.preview);
    await saveStream(await previewCutout(client, elementId, view, mending), path);
    process.stdout.write(
      values.json ? `${JSON.stringify({ element_id: elementId, view, path })}\n` : `saved ${path}\n`,
    );
    return 0;
  },
};

function parseWords(words: readonly string[]): [elementId: string, view: string] {
  const [elementId, view, ...others] = words;
  if (elementId === undefined || view === undefined) {
    throw new UsageError('name an element id and one of its pictures, like 4129876500123456 frontal');
  }
  if (others.length > 0)
    throw new UsageError(`'${others[0]}' is one word too many; the points of one stroke stand in quotation marks`);
  return [elementId, view];
}

function parsePoints(text: string): [number, number][] {
  return text
    .trim()
    .split(/[\s;]+/)
    .map((point) => {
      const [, x, y] = /^(-?\d{1,5}(?:\.\d+)?),(-?\d{1,5}(?:\.\d+)?)$/.exec(point) ?? [];
      if (x === undefined || y === undefined) throw new UsageError(`a point is written X,Y in pixels, is '${point}'`);
      return [Number(x), Number(y)];
    });
}

async function readMending(
  client: Client,
  elementId: string,
  view: string,
  values: OptionValues,
  folder: string,
): Promise<Mending> {
  const { revision, width_px, height_px } = await getCutout(client, elementId, view);
  const radius_px =
    parseNumber('radius', values.radius) ?? Math.max(1, Math.round(Math.max(width_px, height_px) * radiusShare));
  const strokesOf = (kind: Strokes[number]['kind'], texts: OptionValues[string]): Strokes =>
    [texts ?? []].flat().map((text) => ({ kind, radius_px, points: parsePoints(String(text)) }));
  return {
    strokes: [...strokesOf('keep', values.keep), ...strokesOf('remove', values.remove)],
    ...(typeof values.alpha === 'string' ? { alpha: await loadAlpha(resolve(folder, values.alpha)) } : {}),
    revision: parseNumber('revision', values.revision) ?? revision,
  };
}

async function loadAlpha(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} can not be read (${error.code})`);
  });
  return `data:image/png;base64,${bytes.toString('base64')}`;
}

function print(values: OptionValues, cutout: Cutout): number {
  const { element_id, view, revision, matte_source, matte_confidence } = cutout;
  process.stdout.write(
    values.json
      ? `${JSON.stringify(cutout)}\n`
      : `${element_id}  ${view}: ${matte_source}, confidence ${matte_confidence}; revision ${revision}\n`,
  );
  return 0;
}
