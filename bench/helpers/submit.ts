import type { Pool } from 'undici';

/** The contract's sample request. Nothing is fetched while no worker runs, or by an engine that does nothing. */
export const elementBody = {
  model: 'kling-custom-element',
  model_params: {
    element_name: 'My Character',
    element_description: 'A young woman with long black hair and brown eyes',
    reference_type: 'image_refer',
    element_image_list: {
      frontal_image: 'https://example.com/front.jpg',
      refer_images: [{ image_url: 'https://example.com/side.jpg' }],
    },
  },
};

/** Submits and returns the task's id; throws on any refusal. */
export async function submit(pool: Pool, key: string, body: object): Promise<string> {
  const answer = await pool.request({
    method: 'POST',
    path: '/v1/videos/generations',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const task = (await answer.body.json()) as { id: string };
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${JSON.stringify(task)}`);
  return task.id;
}
