import type { Db } from '../db/index.ts';

/** An element of the vendor's own, which every account there may use. */
export interface VendorElement {
  element_id: string;
  element_name: string;
  element_description: string;
  reference_type: 'image_refer' | 'video_refer';
  frontal_image: string | null;
  voice_id: string | null;
}

/** A voice; `is_preset` of those of the vendor, which are everybody's. */
export interface VendorVoice {
  voice_id: string;
  voice_name: string;
  /** Where it can be heard; the vendor says nothing of how long. */
  trial_url: string | null;
  is_preset: boolean;
}

/** A task at a service elsewhere, and at which account of the settings. */
export interface OrderedAt {
  task_id: string;
  account: string;
}

/**
 * What an account at a service elsewhere has besides what this server made there. Each call asks the service; 503
 * `service_unavailable` while it doesn't answer as it should, 400 `invalid_request` with its words for what it refuses.
 */
export interface Vendor {
  listPresets(): Promise<VendorElement[]>;
  listVoices(whose: 'own' | 'presets'): Promise<VendorVoice[]>;
  /**
   * Has a voice made, which the vendor charges for, and answers the id of its task and the account that makes it: the one of the settings
   * that `account` names, else the first that takes it. Never asked for twice. 400 `invalid_request` for a name that none has.
   */
  createVoice(voice: { name: string; url: string; account?: string | undefined }): Promise<OrderedAt>;
  /** Null as long as it is being made. */
  findVoice(taskId: string): Promise<VendorVoice | null>;
  /** 404 `resource_not_found` where there is none. */
  deleteVoice(voiceId: string): Promise<void>;
  /** Lets an account of ours bind the voice to its elements; again changes nothing. */
  grantVoice(db: Db, voiceId: string, accountId: number): Promise<void>;
  /** False when it wasn't granted. */
  revokeVoice(db: Db, voiceId: string, accountId: number): Promise<boolean>;
  listGrantedVoices(db: Db, accountId: number): Promise<string[]>;
  close(): Promise<void>;
}
