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

/**
 * Text that can be stored and shown everywhere: no control characters and no half of a surrogate pair. The pattern says as
 * much of it as every language's regular expressions can (no `\p`, no look-ahead, no `\u`); `x-text` says all, and is checked
 * in code (`lib/text-kinds.ts`).
 */
export const plainText = {
  pattern: '^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]*$',
  'x-text': 'plain',
  'x-rule': 'must hold no control characters',
};

/** Plain text with something visible in it. */
export const visibleText = {
  ...plainText,
  'x-text': 'visible',
  'x-rule': 'must hold at least one visible character and no control characters',
};

/** Visible text that can stand beside other text without changing how that is read. */
export const nameText = {
  ...plainText,
  'x-text': 'name',
  'x-rule':
    'must hold at least one visible character, no control characters and none that change the direction of text',
};
