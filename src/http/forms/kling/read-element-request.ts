import { type Body, omitEmpty, readObject } from './read-fields.ts';

/** The body of the model's own request that a request for an element stands for; other fields than ours go along for it to judge. */
export function readElementRequest(sent: unknown): Body {
  const { external_task_id: _, callback_url, dry_run, ...params } = omitEmpty(readObject(sent));
  return {
    model: 'kling-custom-element',
    model_params: params,
    ...(callback_url === undefined ? {} : { callback_url }),
    ...(dry_run === undefined ? {} : { dry_run }),
  };
}
