import { type Static, Type } from 'typebox';
import { ElementResult } from '../../../elements/schema.ts';
import { DryRunResult, ImageResult, VideoResult } from '../../../engines/schema.ts';

/**
 * The body of every refusal, whatever the status. Further documented members (`key_name`, `remaining_credits`, …) may
 * stand in `error` beside these.
 */
export const ErrorBody = Type.Object(
  {
    error: Type.Object(
      {
        code: Type.String({
          description: 'Stable word for programs; each has an entry in the error guide.',
          examples: ['invalid_request'],
        }),
        message: Type.String({
          description: 'For people: the field, the measured value and the rule.',
          examples: ['model_params.element_name: 24 characters, at most 20 are allowed'],
        }),
        type: Type.String({ description: 'Family of the code.', examples: ['invalid_request_error'] }),
        param: Type.Optional(
          Type.String({ description: 'Path of the field at fault.', examples: ['model_params.element_name'] }),
        ),
        suggestion: Type.Optional(Type.String({ description: 'What to do next.' })),
        request_id: Type.Optional(Type.String({ description: 'The `X-Request-Id` of the answer.' })),
      },
      { additionalProperties: true },
    ),
  },
  { title: 'Error', description: 'Why the request was refused.' },
);
export type ErrorBody = Static<typeof ErrorBody>;

/** As `ErrorBody`, where the contract has a number for `code`. */
export const CreditsErrorBody = Type.Object(
  {
    error: Type.Object(
      {
        code: Type.Integer({ description: 'The status.', examples: [401] }),
        message: Type.String({ description: 'For people.' }),
        type: Type.String({ description: 'Family of the error.', examples: ['authentication_error'] }),
        reason: Type.String({ description: 'What is `code` on all other pages.', examples: ['unauthorized'] }),
        request_id: Type.Optional(Type.String({ description: 'The `X-Request-Id` of the answer.' })),
      },
      { additionalProperties: true },
    ),
  },
  { title: 'CreditsError', description: 'Why the request was refused.' },
);

/** `result_data` of any completed task. */
export const ResultData = Type.Union([ElementResult, VideoResult, ImageResult, DryRunResult], {
  description:
    'What was made: an element, or facts of a video or of pictures whose links stand in `results`; of a dry run what it has found.',
});
