import { Type } from 'typebox';

const nullable = (type: string, description: string) =>
  Type.Unsafe<string | null>({ type: [type, 'null'], description });

/** A task as the tools tell it. */
export const TaskShape = Type.Object({
  task_id: Type.String(),
  kind: Type.Enum(['element', 'video', 'image'], { type: 'string' }),
  model: Type.String(),
  status: Type.Enum(['pending', 'processing', 'completed', 'failed', 'cancelled'], { type: 'string' }),
  progress: Type.Integer({ minimum: 0, maximum: 100 }),
  dry_run: Type.Boolean(),
  credits_reserved: Type.Number({ description: 'Held while it is unfinished; 0 afterwards.' }),
  credits_used: Type.Number({ description: 'Charged; 0 until it is completed, and of what failed or was cancelled.' }),
  can_cancel: Type.Boolean(),
  element_id: nullable('string', 'Of a completed element.'),
  video_url: nullable('string', 'Of a completed video; needs no key.'),
  video_ends_at: nullable('string', 'When the link ends, ISO 8601.'),
  image_urls: Type.Array(Type.String(), { description: 'Of completed pictures; their links end as that of a video.' }),
  image_sets: Type.Array(Type.Integer(), {
    description: 'Of further views: which set each picture belongs to, in the order of image_urls. Empty of others.',
  }),
  error: Type.Unsafe<{ code: string; message: string } | null>({
    type: ['object', 'null'],
    properties: { code: { type: 'string' }, message: { type: 'string' } },
  }),
});

/** An element as the tools tell it. */
export const ElementShape = Type.Object({
  element_id: Type.String({ description: '16 digits; name it in element_ids of create_video.' }),
  name: Type.String(),
  description: Type.String(),
  made_from: Type.Enum(['images', 'video'], { type: 'string' }),
  tags: Type.Array(Type.String()),
  created_at: Type.String({ description: 'ISO 8601.' }),
});

/** Seconds for which a call may wait; clients of MCP give up after 60 s unless they hear of progress. */
export const waitField = (fallback: number) =>
  Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 600,
      default: fallback,
      description: `Seconds to wait for the end, with progress notifications; 0 answers at once. Default ${fallback}.`,
    }),
  );
