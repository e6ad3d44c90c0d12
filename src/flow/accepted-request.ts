import type { ElementSource } from '../engines/index.ts';

/** A request as it is kept with its task: checked, with inline pictures replaced by the keys of their stored copies. */
export interface AcceptedRequest {
  element_name: string;
  element_description: string;
  reference_type: 'image_refer' | 'video_refer';
  voice_id?: string;
  sources: readonly AcceptedSource[];
}

export type AcceptedSource = Pick<ElementSource, 'role' | 'param'> & ({ url: string } | { storage_key: string });
