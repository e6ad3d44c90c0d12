import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { getAccount } from '../../../accounts/index.ts';
import { showCredits } from '../../../flow/index.ts';
import type { Door } from '../form.ts';
import { wrap } from './register-tasks.ts';
import { describeEnvelope, describeErrors, tags } from './schema.ts';

const time = Type.Integer({ description: 'Unix milliseconds.' });

const Costs = Type.Object({
  code: Type.Literal(0),
  msg: Type.String(),
  resource_pack_subscribe_infos: Type.Array(
    Type.Object({
      resource_pack_name: Type.String(),
      resource_pack_id: Type.String(),
      resource_pack_type: Type.String(),
      total_quantity: Type.Number(),
      remaining_quantity: Type.Number(),
      purchase_time: time,
      effective_time: time,
      invalid_time: time,
      status: Type.String(),
    }),
  ),
});

/** The vendor has a number here, and credits never end: 2100-01-01. */
const never = 4_102_444_800_000;

/** `GET /account/costs`: the credits of the account as the one pack that it has. */
export function registerCosts(app: FastifyInstance, { context }: Door, prefix: string): void {
  app.route({
    method: 'GET',
    url: `${prefix}/account/costs`,
    config: { access: 'caller' },
    schema: {
      hide: prefix !== '',
      operationId: 'getKlingCosts',
      summary: 'Credits of the account, as a pack of units',
      tags,
      response: { 200: describeEnvelope(Costs), ...describeErrors(401, 429, 500, 503) },
    },
    handler: async (request) => {
      const { caller } = request;
      const { token, user } = await showCredits(context, caller);
      const { created_at } = await getAccount(context.database.db, caller.account_id);
      const since = created_at.getTime();
      const remaining = token.remaining_credits;
      const pack = {
        resource_pack_name: 'Troupe credits',
        resource_pack_id: String(caller.account_id),
        resource_pack_type: 'decreasing_total',
        total_quantity: user.remaining_credits + user.reserved_credits + user.used_credits,
        remaining_quantity: remaining,
        purchase_time: since,
        effective_time: since,
        invalid_time: caller.expires_at?.getTime() ?? never,
        status: remaining > 0 ? 'online' : 'runOut',
      };
      return wrap(request, { code: 0 as const, msg: 'success', resource_pack_subscribe_infos: [pack] });
    },
  });
}
