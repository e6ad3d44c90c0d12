import type {
  AnimaticScript,
  ClipHeader,
  ImageHeader,
  ScriptClip,
  ScriptFigure,
  ScriptImage,
  SourceHeader,
} from '../../media/index.ts';
import type { CastElement, VideoOrder, VideoSource } from '../video-engine.ts';
import { chooseFrameSize } from './choose-frame-size.ts';
import { chooseViews } from './choose-views.ts';
import { readSize } from './read-directions.ts';
import { writeShots } from './write-shots.ts';

/** The request as something to show. `headers` belong to the order's sources. Fetches the elements' files it needs. */
export async function writeScript(order: VideoOrder, headers: readonly SourceHeader[]): Promise<AnimaticScript> {
  const { spec, sources, cast } = order;
  const isMotion = spec.character_orientation !== undefined;
  const images = writeImages(sources, headers, isMotion && cast.length === 0);
  const clip = writeClip(sources, headers);
  const shots = writeShots({
    spec,
    names: cast.map(({ name }) => name),
    images,
    clipSeconds: clip?.header.duration_seconds ?? null,
    isMotion,
  });
  const start = images.find(({ role }) => role === 'image_start');
  return {
    ...chooseFrameSize(spec, (start ?? clip ?? images[0])?.header),
    shots,
    cast: await Promise.all(cast.map(writeFigure)),
    images,
    clip,
    sound: { is_made: spec.sound, is_kept: spec.keep_original_sound === true },
    title: `Animatic of a ${spec.model} request`,
    comment: 'An animatic: a preview of casting, framing and timing, not a generated video.',
  };
}

function writeImages(
  sources: readonly VideoSource[],
  headers: readonly SourceHeader[],
  isFirstFigure: boolean,
): (ScriptImage & { role: VideoSource['role'] })[] {
  const images = sources
    .map((source, at) => ({ ...source, header: headers[at] }))
    .filter((image): image is VideoSource & { header: ImageHeader } => image.header?.kind === 'image');
  return images.map(({ role, param, path, header }, at) => ({
    role,
    param,
    path,
    header,
    label: labels[role] ?? `image ${at + 1}`,
    is_figure: isFirstFigure && at === 0,
  }));
}

const labels: Partial<Record<VideoSource['role'], string>> = { image_start: 'start image', image_end: 'end image' };

function writeClip(sources: readonly VideoSource[], headers: readonly SourceHeader[]): ScriptClip | null {
  const at = headers.findIndex(({ kind }) => kind === 'clip');
  const source = sources[at];
  return source === undefined ? null : { param: source.param, path: source.path, header: headers[at] as ClipHeader };
}

async function writeFigure(element: CastElement): Promise<ScriptFigure> {
  const { manifest } = element;
  const chosen = chooseViews(manifest);
  const views = await Promise.all(
    chosen.map(async ({ kind, file, is_bust }) => {
      const { width_px, height_px } = file;
      return { kind, path: await element.fetchFile(file.name), width_px, height_px, is_bust };
    }),
  );
  const voice = manifest.files.find(({ role, media_type }) => role === 'voice' && media_type === 'audio/wav');
  return {
    name: element.name,
    views,
    colors: manifest.colors.map(({ hex }) => hex),
    ...((size) => size !== undefined && { height_m: size })(readSize(element.name, element.description)),
    brightness: chosen[0]?.facts?.subject?.brightness ?? 0.5,
    voice: voice === undefined ? null : await element.fetchFile(voice.name),
  };
}
