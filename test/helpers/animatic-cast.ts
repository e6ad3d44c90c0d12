import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildElementFolder,
  type CastElement,
  createAnimaticEngine,
  type ImageDraft,
  type ImageOrder,
  type ImageSpec,
  type VideoDraft,
  type VideoEngine,
  type VideoOrder,
  type VideoSource,
  type VideoSpec,
} from '../../src/engines/index.ts';
import { parseSection } from '../../src/lib/settings.ts';
import { createMedia, type MediaSettings, section } from '../../src/media/index.ts';

/** Elements built from fixtures, and animatics rendered with them, in a folder of their own. */
export interface AnimaticWorkshop {
  /** The same element every time for the same name. */
  cast(name: keyof typeof subjects, label?: string): Promise<CastElement>;
  render(request: WorkshopRequest, ffmpeg?: string, tools?: WorkshopTools): Promise<VideoDraft>;
  /** Pictures of a request. */
  draw(spec: Partial<ImageSpec>, order?: Partial<Pick<ImageOrder, 'sources' | 'cast'>>): Promise<ImageDraft>;
  newFolder(): string;
  /** Safe to repeat. */
  close(): Promise<void>;
}

export type WorkshopRequest = Partial<Pick<VideoOrder, 'sources' | 'cast' | 'workFolder'>> & {
  spec: Partial<VideoSpec>;
};

interface WorkshopTools {
  /** The setting `TROUPE_VIDEO_ENCODER`. */
  videoEncoder?: MediaSettings['videoEncoder'];
  signal?: AbortSignal;
  onProgress?(fraction: number, step: string): void;
}

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/media/${name}`, import.meta.url));
const demoMedia = (name: string) => fileURLToPath(new URL(`../../demo/media/${name}`, import.meta.url));

/** Four subjects, and a clip in which somebody speaks. */
const subjects = {
  duck: [fixture('duck.jpg')],
  sloth: [fixture('sloth.jpg'), fixture('sloth-side.jpg')],
  bear: [fixture('bear.jpg'), fixture('bear-side.jpg')],
  car: ['rc-car-front.jpg', 'rc-car-side.jpg', 'rc-car-quarter.jpg'].map(demoMedia),
  speaker: [fixture('spoken.mp4')],
} as const;

export function openAnimaticWorkshop(): AnimaticWorkshop {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-animatic-'));
  const built = new Map<string, Promise<Omit<CastElement, 'name' | 'param'>>>();
  const engines = new Map<string, VideoEngine>();
  let made = 0;
  const newFolder = () => {
    const path = join(folder, `work-${made++}`);
    mkdirSync(path);
    return path;
  };
  const open = (ffmpeg?: string, videoEncoder: MediaSettings['videoEncoder'] = 'auto') => {
    const own = { ffmpeg, videoEncoder };
    const key = JSON.stringify(own);
    const engine = engines.get(key) ?? createAnimaticEngine(createMedia({ ...parseSection(section, {}, []), ...own }));
    engines.set(key, engine);
    return engine;
  };
  return {
    newFolder,
    async cast(name, label = name) {
      const element = built.get(name) ?? buildCast(subjects[name], join(folder, name));
      built.set(name, element);
      return { ...(await element), name: label, param: 'model_params.element_list[0].element_id' };
    },
    async render({ spec, ...order }, ffmpeg, { videoEncoder, ...tools } = {}) {
      const engine = open(ffmpeg, videoEncoder);
      const whole = { task_id: 'task', sources: [], cast: [], workFolder: order.workFolder ?? newFolder(), ...order };
      return await engine.makeVideo({ ...whole, spec: { ...plainSpec, ...spec } }, { ...plainTools(), ...tools });
    },
    async draw(spec, order = {}) {
      const whole = { task_id: 'task', sources: [], cast: [], workFolder: newFolder(), ...order };
      const plain = { model: 'kling-image-o1', prompt: '', quality: '1k' as const, count: 1 };
      return await open().images.makeImages({ ...whole, spec: { ...plain, ...spec } }, plainTools());
    },
    async close() {
      await Promise.all(Array.from(engines.values(), (engine) => engine.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const plainTools = () => ({
  signal: new AbortController().signal,
  onProgress: () => undefined,
  publish: () => Promise.reject(new Error('an animatic publishes nothing')),
  withdraw: () => Promise.resolve(),
});

const plainSpec: VideoSpec = {
  model: 'kling-o3-text-to-video',
  prompt: '',
  quality: '720p',
  sound: false,
  shots: [],
  watermark: false,
};

async function buildCast(paths: readonly string[], folder: string): Promise<Omit<CastElement, 'name' | 'param'>> {
  const tools = { signal: new AbortController().signal, onProgress: () => undefined };
  const { manifest } = await buildElementFolder(paths, folder, parseSection(section, {}, []), tools);
  return {
    element_id: '4810293847561029',
    description: '',
    reference_type: manifest.reference_type,
    voice_id: null,
    tags: [],
    engine: 'local',
    manifest,
    fetchFile: async (name) => join(folder, name),
  };
}

/** A file of the fixtures, or of the demo's media, as a source of a request. */
export function sourceOf(role: VideoSource['role'], name: string, from: 'fixtures' | 'demo' = 'fixtures'): VideoSource {
  const path = from === 'fixtures' ? fixture(name) : demoMedia(name);
  const clip_rules = { formats: ['mp4', 'mov', 'webm'] as const, bytesMax: 200e6 };
  const rules = role === 'reference_video' ? { clip_rules } : {};
  return { role, param: role, path, bytes: statSync(path).size, ...rules };
}
