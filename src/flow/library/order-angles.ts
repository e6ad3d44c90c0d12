import type { AuthenticatedKey } from '../../accounts/index.ts';
import { elementNotFound, findElement } from '../../elements/index.ts';
import { anglesModel, getModel } from '../../models/index.ts';
import { type Accepted, accept } from '../accept.ts';
import type { Context } from '../context.ts';

/** Which element is to be seen from other sides. */
interface AnglesOrder {
  caller: AuthenticatedKey;
  elementId: string;
  callback_url?: string | undefined;
  dry_run?: boolean | undefined;
  idempotencyKey: string | null;
}

/** Accepts a request for further views of an element's frontal picture. Throws as `accept` does; 404 `element_not_found`. */
export async function orderAngles(context: Context, order: AnglesOrder): Promise<Accepted> {
  const { caller, elementId, callback_url, dry_run, idempotencyKey } = order;
  if ((await findElement(context.database.db, caller.account_id, Number(elementId))) === null) throw elementNotFound();
  const body = {
    model: anglesModel,
    model_params: { element_list: [{ element_id: elementId }] },
    ...(callback_url === undefined ? {} : { callback_url }),
    ...(dry_run === undefined ? {} : { dry_run }),
  };
  return await accept(context, { type: getModel(anglesModel).type, caller, body, idempotencyKey });
}
