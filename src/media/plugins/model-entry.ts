import { type Static, Type } from 'typebox';

/** Names are shown in commands, logs and manifests. */
const namePattern = '^[a-z0-9][a-z0-9._-]{0,63}$';

/** What `model.json` says of an added model, beside its `model.onnx`. */
export const ModelEntry = Type.Object({
  name: Type.String({ pattern: namePattern }),
  task: Type.Union([Type.Literal('matting'), Type.Literal('embedding'), Type.Literal('faces')]),
  /** Id of an architecture. */
  architecture: Type.String(),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  bytes: Type.Integer({ minimum: 1 }),
  /** Base name of the file, the URL it came from, without its query, or `npm:package@version/file`. */
  source: Type.String(),
  added_at: Type.String(),
  /** What it took on a small picture when it was added: memory in MiB beside the program's own, and seconds. */
  memory_mib: Type.Integer({ minimum: 0 }),
  load_seconds: Type.Number({ minimum: 0 }),
  run_seconds: Type.Number({ minimum: 0 }),
  /** For embeddings: the cosine at which two pictures are as likely as not of one subject; else the architecture's. */
  same_subject_at: Type.Optional(Type.Number({ minimum: -1, maximum: 1 })),
});
export type ModelEntry = Static<typeof ModelEntry>;

/** An added model and where its file lies. */
export interface PluginModel extends ModelEntry {
  readonly path: string;
}

/** The models a media child works with, and the folder they and perhaps the runtime lie in. */
export interface Plugins {
  readonly folder: string;
  /** At most one of each task. */
  readonly models: readonly PluginModel[];
}

/** Without models everything is as if there were no plug-ins. */
export const noPlugins: Plugins = { folder: '', models: [] };

/** Whether it can name a model: it becomes a file's name. */
export function isModelName(text: string): boolean {
  return new RegExp(namePattern).test(text);
}
