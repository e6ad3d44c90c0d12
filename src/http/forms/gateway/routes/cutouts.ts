import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { findScope } from '../../../../accounts/index.ts';
import { type Element, elementNotFound, findElement, presentCutout } from '../../../../elements/index.ts';
import { Cutout } from '../../../../elements/schema.ts';
import { type Context, mendCutout, mendingLimits, previewCutout, undoMending } from '../../../../flow/index.ts';
import { listUnknownFields } from '../../../../lib/list-unknown-fields.ts';
import { Stroke } from '../../../../media/index.ts';
import { createPlaces } from '../../../bodies/places.ts';
import { readOrigin } from '../../../connections/read-address.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { endWithClient } from '../../../end-with-client.ts';
import { fieldUnknown, invalidRequest } from '../../../errors.ts';
import { describeErrors } from '../describe-errors.ts';
import { ElementParams } from './elements.ts';

const strokesMax = 100;

/** Far above what the limits of strokes allow, so that those are told of by their names. */
const shape = { depthMax: 6, keysMax: 10 * strokesMax, itemsMax: 10 * mendingLimits.pointsMax };

/** Previews and changes that may be under way at once: each has files of a picture on this machine's disk. */
const placesMax = 16;

const ViewParams = Type.Object({
  ...ElementParams.properties,
  view: Type.String({
    pattern: '^[A-Za-z0-9_-]{1,40}$',
    'x-rule': 'must be the name of a picture, like frontal, refer-1 or frame-1',
    description: 'A picture of the element: `frontal`, `refer-1` …, `frame-1` ….',
    examples: ['frontal'],
  }),
});

const revision = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 2_147_483_647,
    description: 'The revision that the change was made for; 409 when the element has another by now. As `If-Match`.',
  }),
);

const MendingBody = Type.Object(
  {
    strokes: Type.Optional(
      Type.Array(Stroke, {
        maxItems: strokesMax,
        description:
          'In their order, over the matte that the view has. Under a stroke the picture is kept or removed; what is like it and ' +
          `near follows. All together at most ${mendingLimits.pointsMax} points.`,
        examples: [
          [
            {
              kind: 'keep',
              radius_px: 12,
              points: [
                [310, 220],
                [330, 260],
              ],
            },
          ],
        ],
      }),
    ),
    alpha: Type.Optional(
      Type.String({
        description:
          'A PNG as a data URL that takes the place of the matte before the strokes: its alpha channel or, where that says nothing, its grey. ' +
          'As large as the upright picture, or as its matte.',
        examples: ['data:image/png;base64,iVBORw0…'],
      }),
    ),
    revision,
  },
  { title: 'Mending' },
);

const precondition = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'The `ETag` of the cut-out that was looked at: its revision in quotation marks.' }),
  ),
});

const errors = describeErrors(400, 401, 402, 404, 409, 413, 415, 429, 500, 503);

/** Cut-outs as a person mends them. */
export function registerCutouts(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const { db } = context.database;
  const places = createPlaces(placesMax);
  const url = '/v1/elements/:element_id/views/:view/cutout';
  const send = (request: FastifyRequest, reply: FastifyReply, element: Element, view: string) => {
    reply.header('etag', `"${element.revision}"`);
    return presentCutout(element, view, context.config.flow.publicUrl ?? readOrigin(request) ?? '');
  };

  routes.route({
    method: 'GET',
    url,
    config: { access: 'caller' },
    schema: {
      operationId: 'getCutout',
      summary: 'Look at the cut-out of one picture',
      tags: ['Elements'],
      params: ViewParams,
      response: { 200: Cutout, ...describeErrors(400, 401, 402, 404, 429, 500, 503) },
    },
    handler: async (request, reply) => {
      const { element_id, view } = request.params;
      const element = await findElement(db, findScope(request.caller), Number(element_id));
      if (element === null) throw elementNotFound();
      return send(request, reply, element, view);
    },
  });

  routes.route({
    method: 'POST',
    url: `${url}/preview`,
    config: { access: 'caller', shape },
    schema: {
      operationId: 'previewCutout',
      summary: 'See what strokes would make of a cut-out',
      description: 'The matte as a PNG: what `PUT` with the same body would store. Nothing is stored.',
      tags: ['Elements'],
      params: ViewParams,
      headers: precondition,
      body: MendingBody,
      response: {
        200: {
          description: 'The matte, grey, white is the subject.',
          content: { 'image/png': { schema: { type: 'string', format: 'binary' } } },
        },
        ...errors,
      },
    },
    handler: async (request, reply) => {
      using _place = places.take(request.caller.account_id);
      const { element_id } = request.params;
      const scope = findScope(request.caller);
      const signal = endWithClient(reply);
      const matte = await previewCutout(context, scope, Number(element_id), readMending(request), signal);
      return reply.type('image/png').send(matte);
    },
  });

  routes.route({
    method: 'PUT',
    url,
    config: { access: 'caller', startsTask: true, shape },
    schema: {
      operationId: 'mendCutout',
      summary: 'Mend the cut-out of one picture',
      description:
        'Stores the mended matte and makes everything anew that follows from it: cut-out, sheet, colors, scores and report. The ' +
        'element keeps its id and has one more revision. Charges nothing.',
      tags: ['Elements'],
      params: ViewParams,
      headers: precondition,
      body: MendingBody,
      response: { 200: Cutout, ...errors },
    },
    handler: async (request, reply) => {
      using _place = places.take(request.caller.account_id);
      const { element_id, view } = request.params;
      const { account_id } = request.caller;
      const signal = endWithClient(reply);
      const element = await mendCutout(context, account_id, Number(element_id), readMending(request), signal);
      return send(request, reply, element, view);
    },
  });

  routes.route({
    method: 'DELETE',
    url,
    config: { access: 'caller', startsTask: true },
    schema: {
      operationId: 'undoMending',
      summary: 'Go back to the automatic cut-out of one picture',
      description: 'As one more revision; a picture whose cut-out is automatic stays as it is. Charges nothing.',
      tags: ['Elements'],
      params: ViewParams,
      headers: precondition,
      querystring: Type.Object({ revision }),
      response: { 200: Cutout, ...errors },
    },
    handler: async (request, reply) => {
      using _place = places.take(request.caller.account_id);
      const { element_id, view } = request.params;
      const { account_id } = request.caller;
      const wanted = { view, revision: readRevision(request, request.query.revision) };
      const element = await undoMending(context, account_id, Number(element_id), wanted, endWithClient(reply));
      return send(request, reply, element, view);
    },
  });
}

interface MendingRequest extends Pick<FastifyRequest, 'headers'> {
  params: Static<typeof ViewParams>;
  body: Static<typeof MendingBody>;
}

function readMending(request: MendingRequest) {
  const known = Object.keys(MendingBody.properties);
  const [unknown] = listUnknownFields(MendingBody, request.body);
  // A misspelt field would look like one that was painted.
  if (unknown !== undefined) throw fieldUnknown(unknown, known);
  const { strokes = [], alpha, revision: wanted } = request.body;
  return { view: request.params.view, strokes, alpha, revision: readRevision(request, wanted) };
}

/** The revision that a change is meant for. Throws 400 for an `If-Match` that names none, or another than the body. */
function readRevision({ headers }: Pick<FastifyRequest, 'headers'>, named: number | undefined): number | undefined {
  const header = headers['if-match']?.trim();
  if (header === undefined || header === '' || header === '*') return named;
  const [, text] = /^"([1-9]\d{0,8})"$/.exec(header) ?? [];
  const matched = text === undefined ? undefined : Number(text);
  if (matched === undefined || (named !== undefined && named !== matched)) {
    const rule =
      matched === undefined
        ? 'must be one revision in quotation marks, like "1"'
        : `is ${header}, revision is ${named}`;
    throw invalidRequest({ param: 'If-Match', message: `If-Match: ${rule}` });
  }
  return matched;
}
