import type { Db } from '../../db/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { KlingNoAnswer, KlingRefusal } from '../api/refusal.ts';
import { endedBeforeSent, klingAway, toFailure } from '../errors.ts';
import { failWaiting, markUnwanted } from '../tasks/unwanted-queries.ts';
import { endBinding, listBindings, markBindingsUnwanted, markDeletedAtKling } from './binding-queries.ts';
import { deleteKlingElement } from './kling-elements.ts';
import { recognizeAccount } from './recognize-account.ts';

type Parts = Pick<KlingSession, 'db' | 'client' | 'credential' | 'log' | 'peers'>;

/**
 * Deletes an element of ours upstream, every copy that the accounts of the settings have of it, and then marks its bindings: in this
 * order a failure in between is mended by calling again. What is remembered under another name may be one of these accounts' as well
 * ({@link recognizeAccount}); what isn't is left to {@link forgetAtKling}. One that was adopted stays upstream, where it
 * was before us; only the binding ends.
 *
 * Throws 503 `service_unavailable` while an account that has a copy can't be asked; the copies of the others are deleted then. What it
 * refuses for good is logged and left there: its owner must not be kept from deleting it here.
 */
export async function deleteElementAtKling(
  pool: readonly [Parts, ...Parts[]],
  elementId: string,
  signal: AbortSignal,
): Promise<void> {
  const [{ db }] = pool;
  const bindings = await listBindings(db, elementId);
  for (const { origin, credential: name } of bindings) {
    if (origin === 'adopted') await endBinding(db, name, elementId);
  }
  const isKnown = (name: string) => pool.some(({ credential }) => credential === name);
  const isElsewhere = bindings.some((one) => one.origin !== 'adopted' && !isKnown(one.credential));
  const failures: unknown[] = [];
  const ask = (work: () => Promise<unknown>) => work().catch((error) => failures.push(error));
  if (isElsewhere) {
    for (const parts of pool) await ask(() => askFor(() => recognizeAccount(parts, signal)));
  }
  for (const { credential: name, upstream_element_id } of await listBindings(db, elementId)) {
    const parts = pool.find(({ credential }) => credential === name);
    if (parts !== undefined) await ask(() => deleteBindings(parts, upstream_element_id));
  }
  if (failures.length > 0) throw failures[0];
}

/**
 * The element is deleted here: nothing of it is made upstream any more, and {@link removeUnwanted} deletes there what is still being
 * made, and what an account has that can't be asked now. Needs no credentials.
 */
export async function forgetAtKling(db: Db, elementId: string): Promise<void> {
  const provision = { purpose: 'provision', subject: elementId } as const;
  await failWaiting(db, provision, toFailure(endedBeforeSent()));
  await markUnwanted(db, provision);
  await markBindingsUnwanted(db, elementId);
}

/** Deletes an element upstream and marks every binding that leads to it. Throws as {@link deleteElementAtKling}. */
export async function deleteBindings(
  { db, client, credential, log }: Omit<Parts, 'peers'>,
  upstreamElementId: string,
): Promise<void> {
  const refusal = await askFor(() => deleteKlingElement(client, upstreamElementId));
  if (refusal !== null) {
    log.error(
      { upstream_element_id: upstreamElementId, upstream_message: refusal.upstreamMessage, reason: refusal.message },
      'the Kling API refuses to delete an element that is deleted here',
    );
  }
  await markDeletedAtKling(db, credential, upstreamElementId);
}

/** Answers a refusal for good; throws 503 where the same may be asked later. */
async function askFor(ask: () => Promise<unknown>): Promise<KlingRefusal | null> {
  try {
    await ask();
    return null;
  } catch (error) {
    if (!(error instanceof KlingRefusal)) throw error instanceof KlingNoAnswer ? klingAway(error) : error;
    if (error.kind !== 'caller') throw klingAway(error);
    return error;
  }
}
