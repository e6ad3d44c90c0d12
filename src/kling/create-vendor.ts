import { randomUUID } from 'node:crypto';
import type { Vendor, VendorVoice } from '../engines/index.ts';
import type { KlingClient } from './api/create-kling-client.ts';
import type { KlingVoice } from './api/read-answer.ts';
import { KlingNoAnswer, KlingRefusal } from './api/refusal.ts';
import { listKlingElements } from './elements/kling-elements.ts';
import { klingAway, klingRefuses } from './errors.ts';
import { createKlingVoice, deleteKlingVoice, findCreatedVoice, listKlingVoices } from './voices/kling-voices.ts';
import { grantVoice, listGrantedVoices, revokeVoice } from './voices/voice-queries.ts';

/** The Kling account as a vendor. Owns `client` from now on and closes it. */
export function createVendor(client: KlingClient): Vendor {
  const credential = client.credential.fingerprint;
  return {
    async listPresets() {
      const all = await ask(() => Array.fromAsync(listKlingElements(client, 'presets')));
      return all
        .filter(({ deleted }) => !deleted)
        .map(({ element_id, element_name, element_description, reference_type, frontal_image, voice_id }) => {
          return { element_id, element_name, element_description, reference_type, frontal_image, voice_id };
        });
    },
    async listVoices(whose) {
      return (await ask(() => Array.fromAsync(listKlingVoices(client, whose)))).map(presentVoice);
    },
    async createVoice({ name, url }) {
      return await ask(
        () => createKlingVoice(client, { name, url, externalTaskId: `troupe-${randomUUID()}` }),
        'voice_url',
      );
    },
    async findVoice(taskId) {
      const made = await ask(() => findCreatedVoice(client, taskId));
      return made === null ? null : presentVoice(made);
    },
    async deleteVoice(voiceId) {
      await ask(() => deleteKlingVoice(client, voiceId));
    },
    grantVoice: (db, voice_id, account_id) => grantVoice(db, { credential, voice_id, account_id }),
    revokeVoice: (db, voice_id, account_id) => revokeVoice(db, { credential, voice_id, account_id }),
    listGrantedVoices: (db, account_id) => listGrantedVoices(db, credential, account_id),
    close: () => client.close(),
  };
}

function presentVoice({ voice_id, voice_name, trial_url, owned_by }: KlingVoice): VendorVoice {
  return { voice_id, voice_name, trial_url, is_preset: owned_by === 'kling' };
}

/** `param` is the field that a refusal of the request itself is about; without one there is none that could be at fault. */
async function ask<T>(work: () => Promise<T>, param?: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isWrong = error instanceof KlingRefusal && (error.kind === 'caller' || error.kind === 'moderation');
    if (isWrong && param !== undefined)
      throw klingRefuses(param, `is refused by the Kling API: ${error.upstreamMessage}`);
    throw error instanceof KlingRefusal || error instanceof KlingNoAnswer ? klingAway(error) : error;
  }
}
