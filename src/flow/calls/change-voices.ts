import { setTimeout as sleep } from 'node:timers/promises';
import { type AuthenticatedKey, hasRole } from '../../accounts/index.ts';
import { noteChange } from '../../audit/index.ts';
import { transaction } from '../../db/index.ts';
import { engineNotAvailable, type Vendor, type VendorElement, type VendorVoice } from '../../engines/index.ts';
import { AppError } from '../../lib/errors.ts';
import type { Context } from '../context.ts';
import { voiceOrdered } from '../errors.ts';

type VendorContext = Pick<Context, 'database' | 'vendor'>;

/** Milliseconds that a caller is kept waiting for a voice; the vendor makes one in about ten seconds. */
const waitMs = 60_000;
const lookMs = 2_000;

/** The vendor's own elements. Throws 404 `engine_not_available` without an account there, and as {@link Vendor}; so do all of these. */
export async function listPresetElements(context: VendorContext): Promise<VendorElement[]> {
  return await getVendor(context).listPresets();
}

/** The voices that an account may bind: the vendor's, and those granted to it; an admin sees all. */
export async function listUsableVoices(
  context: VendorContext,
  caller: AuthenticatedKey,
  accountId: number,
): Promise<VendorVoice[]> {
  const vendor = getVendor(context);
  const [own, presets, granted] = await Promise.all([
    vendor.listVoices('own'),
    vendor.listVoices('presets'),
    vendor.listGrantedVoices(context.database.db, accountId),
  ]);
  const seesAll = hasRole(caller.role, 'admin');
  return [...own.filter(({ voice_id }) => seesAll || granted.includes(voice_id)), ...presets];
}

/** A voice that was ordered; null while the vendor makes it. */
export interface OrderedVoice {
  task_id: string;
  /** Of the vendor, by its name in the settings: whose voice it is. */
  kling_account: string;
  voice: VendorVoice | null;
}

/** What a voice is made of, whose it is here, and at which account of the vendor; absent: the first that takes it. */
export interface VoiceOrder {
  name: string;
  url: string;
  account_id: number;
  kling_account?: string | undefined;
}

/**
 * Has a voice made and grants it to the account. The order leaves an audit line at once: the vendor charges for it, whatever
 * becomes of it; from then on no error is one that clients repeat. Waits for a minute, or until `signal` aborts; a voice that takes longer is in the list later, and has to be granted then.
 */
export async function orderVoice(
  context: VendorContext,
  caller: AuthenticatedKey,
  { name, url, account_id, kling_account: wanted }: VoiceOrder,
  signal: AbortSignal,
): Promise<OrderedVoice> {
  const vendor = getVendor(context);
  const { db } = context.database;
  const actor = `key:${caller.key_id}` as const;
  const { task_id, account: kling_account } = await vendor.createVoice({ name, url, account: wanted });
  try {
    await noteChange(db, {
      actor,
      action: 'kling_voice.create',
      subject: `kling_task:${task_id}`,
      account_id,
      details: { name, kling_account },
    });
    const voice = await waitForVoice(vendor, task_id, signal);
    if (voice !== null) await grantVoiceByKey(context, caller, voice.voice_id, account_id);
    return { task_id, kling_account, voice };
  } catch (error) {
    // What clients repeat by themselves would be paid for twice.
    throw error instanceof AppError && error.status === 400 ? error : voiceOrdered(task_id, error);
  }
}

/** The voice of an order; null while it is being made. */
export async function findOrderedVoice(context: VendorContext, taskId: string): Promise<VendorVoice | null> {
  return await getVendor(context).findVoice(taskId);
}

async function waitForVoice(vendor: Vendor, taskId: string, signal: AbortSignal): Promise<VendorVoice | null> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
  while (!over.aborted) {
    const made = await vendor.findVoice(taskId).catch((error: unknown) => {
      if (error instanceof AppError && error.status === 503) return null;
      throw error;
    });
    if (made !== null) return made;
    await sleep(lookMs, undefined, { signal: over }).catch(() => undefined);
  }
  return null;
}

/** Deletes a voice of the account there, with its audit line behind it. */
export async function deleteVoiceByKey(
  context: VendorContext,
  caller: AuthenticatedKey,
  voiceId: string,
): Promise<void> {
  await getVendor(context).deleteVoice(voiceId);
  const change = { action: 'kling_voice.delete', subject: `kling_voice:${voiceId}`, account_id: null };
  await noteChange(context.database.db, { actor: `key:${caller.key_id}`, ...change });
}

/** Lets an account bind a voice to its elements, with the audit line in the same transaction. */
export async function grantVoiceByKey(
  context: VendorContext,
  caller: AuthenticatedKey,
  voiceId: string,
  account_id: number,
): Promise<void> {
  const vendor = getVendor(context);
  await transaction(context.database.db, async (tx) => {
    await vendor.grantVoice(tx, voiceId, account_id);
    const change = { action: 'kling_voice.grant', subject: `kling_voice:${voiceId}`, account_id };
    await noteChange(tx, { actor: `key:${caller.key_id}`, ...change });
  });
}

/** Takes a voice back; false when it wasn't granted. Elements that have it keep it. */
export async function revokeVoiceByKey(
  context: VendorContext,
  caller: AuthenticatedKey,
  voiceId: string,
  account_id: number,
): Promise<boolean> {
  const vendor = getVendor(context);
  return await transaction(context.database.db, async (tx) => {
    if (!(await vendor.revokeVoice(tx, voiceId, account_id))) return false;
    const change = { action: 'kling_voice.revoke', subject: `kling_voice:${voiceId}`, account_id };
    await noteChange(tx, { actor: `key:${caller.key_id}`, ...change });
    return true;
  });
}

function getVendor({ vendor }: Pick<Context, 'vendor'>): Vendor {
  if (vendor === null) throw engineNotAvailable('kling');
  return vendor;
}
