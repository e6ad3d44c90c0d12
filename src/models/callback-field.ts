import { Type } from 'typebox';

/** `callback_url` of every model; judged elsewhere. */
export const callbackField = Type.Optional(
  Type.String({
    format: 'uri',
    description:
      'HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been ' +
      'cancelled and its credits are settled, with the body that the task query returns.',
    examples: ['https://your-domain.com/webhooks/video-task-completed'],
  }),
);
