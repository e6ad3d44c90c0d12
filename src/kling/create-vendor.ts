import { randomUUID } from 'node:crypto';
import type { OrderedAt, Vendor, VendorVoice } from '../engines/index.ts';
import { AppError } from '../lib/errors.ts';
import { showValue } from '../lib/show-value.ts';
import type { KlingClient } from './api/create-kling-client.ts';
import type { KlingVoice } from './api/read-answer.ts';
import { KlingNoAnswer, KlingRefusal } from './api/refusal.ts';
import { listKlingElements } from './elements/kling-elements.ts';
import { klingAway, klingRefuses } from './errors.ts';
import { createKlingVoice, deleteKlingVoice, findCreatedVoice, listKlingVoices } from './voices/kling-voices.ts';
import { grantVoice, listGrantedVoices, revokeVoice } from './voices/voice-queries.ts';

/** An account of the settings, by its name there. */
export interface VendorAccount {
  name: string;
  client: KlingClient;
}

/**
 * The Kling accounts as one vendor. A voice is made at the one that is named, or at the first that takes it, and each is found at whichever
 * has it. Owns the clients of `accounts` from now on and closes them.
 */
export function createVendor(accounts: readonly [VendorAccount, ...VendorAccount[]]): Vendor {
  const [{ client: first }] = accounts;
  const clients = accounts.map(({ client }) => client);
  const credentials = clients.map(({ credential }) => credential.fingerprint);
  /** Whose voice it is, as far as it was seen. */
  const holders = new Map<string, string>();

  /** Of those that can be asked, as long as one can. */
  async function listOwn(): Promise<KlingVoice[]> {
    const lists = await Promise.allSettled(clients.map((client) => Array.fromAsync(listKlingVoices(client, 'own'))));
    const [failure] = lists.flatMap((list) => (list.status === 'rejected' ? [list.reason] : []));
    if (lists.every(({ status }) => status === 'rejected')) throw failure;
    return lists.flatMap((list, at) => {
      if (list.status === 'rejected') return [];
      for (const { voice_id } of list.value) holders.set(voice_id, credentials[at] ?? '');
      return list.value;
    });
  }

  /** The first that knows it. */
  async function findAt<T>(work: (client: KlingClient) => Promise<T>): Promise<T> {
    const failures: unknown[] = [];
    for (const client of clients) {
      try {
        return await work(client);
      } catch (error) {
        failures.push(error);
      }
    }
    // Who could not be asked may be the one that has it.
    throw failures.find((error) => !(error instanceof AppError)) ?? failures[0];
  }

  /** Goes on to the next account only where it is certain that this one makes nothing of it. */
  async function orderVoice({ name, url }: { name: string; url: string }, at: typeof accounts): Promise<OrderedAt> {
    const [{ name: account, client }, next, ...others] = at;
    try {
      const task_id = await createKlingVoice(client, { name, url, externalTaskId: `troupe-${randomUUID()}` });
      return { task_id, account };
    } catch (error) {
      if (next === undefined || isOfRequest(error)) throw error;
      return await orderVoice({ name, url }, [next, ...others]);
    }
  }

  async function findHolder(voiceId: string): Promise<string> {
    if (clients.length > 1 && !holders.has(voiceId)) await ask(listOwn);
    return holders.get(voiceId) ?? first.credential.fingerprint;
  }

  return {
    async listPresets() {
      const all = await ask(() => findAt((client) => Array.fromAsync(listKlingElements(client, 'presets'))));
      return all
        .filter(({ deleted }) => !deleted)
        .map(({ element_id, element_name, element_description, reference_type, frontal_image, voice_id }) => {
          return { element_id, element_name, element_description, reference_type, frontal_image, voice_id };
        });
    },
    async listVoices(whose) {
      const presets = () => findAt((client) => Array.fromAsync(listKlingVoices(client, 'presets')));
      const list = whose === 'own' ? listOwn : presets;
      return (await ask(list)).map(presentVoice);
    },
    async createVoice({ account, ...voice }) {
      const named = account === undefined ? undefined : getNamed(accounts, account);
      return await ask(() => orderVoice(voice, named === undefined ? accounts : [named]), 'voice_url');
    },
    async findVoice(taskId) {
      const made = await ask(() =>
        findAt(async (client) => {
          const voice = await findCreatedVoice(client, taskId);
          if (voice !== null) holders.set(voice.voice_id, client.credential.fingerprint);
          return voice;
        }),
      );
      return made === null ? null : presentVoice(made);
    },
    async deleteVoice(voiceId) {
      await ask(() => findAt((client) => deleteKlingVoice(client, voiceId)));
    },
    async grantVoice(db, voice_id, account_id) {
      await grantVoice(db, { credential: await findHolder(voice_id), voice_id, account_id });
    },
    async revokeVoice(db, voice_id, account_id) {
      let wasGranted = false;
      for (const credential of credentials) {
        wasGranted = (await revokeVoice(db, { credential, voice_id, account_id })) || wasGranted;
      }
      return wasGranted;
    },
    async listGrantedVoices(db, account_id) {
      const granted: string[] = [];
      for (const credential of credentials) granted.push(...(await listGrantedVoices(db, credential, account_id)));
      return granted;
    },
    async close() {
      for (const client of clients) await client.close();
    },
  };
}

function getNamed(accounts: readonly VendorAccount[], name: string): VendorAccount {
  const named = accounts.find((account) => account.name === name);
  if (named !== undefined) return named;
  const names = accounts.map((account) => account.name).join(', ');
  throw klingRefuses('kling_account', `is ${showValue(name)}, must be one of ${names}`);
}

/** What every account would say of it. */
function isOfRequest(error: unknown): boolean {
  return error instanceof KlingRefusal && (error.kind === 'caller' || error.kind === 'moderation');
}

function presentVoice({ voice_id, voice_name, trial_url, owned_by }: KlingVoice): VendorVoice {
  return { voice_id, voice_name, trial_url, is_preset: owned_by === 'kling' };
}

/** `param` is the field that a refusal of the request itself is about; without one there is none that could be at fault. */
async function ask<T>(work: () => Promise<T>, param?: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (param !== undefined && error instanceof KlingRefusal && isOfRequest(error)) {
      throw klingRefuses(param, `is refused by the Kling API: ${error.upstreamMessage}`);
    }
    throw error instanceof KlingRefusal || error instanceof KlingNoAnswer ? klingAway(error) : error;
  }
}
