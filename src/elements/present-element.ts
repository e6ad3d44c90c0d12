import type { NewElement } from './queries.ts';
import type { Element } from './tables.ts';

/**
 * `result_data` of a finished element task: the id as a string where some clients look for it, and the upstream's
 * `elements` array where others do.
 */
export function presentElementResult(element: NewElement) {
  const elementId = String(element.id);
  return { element_id: elementId, elements: [presentIdentity(element)], engine: element.engine };
}

/** An element as its owner's library lists it, with its files under `base`, the address of this server. */
export function presentElement(element: Element, base: string) {
  const identity = presentIdentity(element);
  const folder = `${base}/v1/elements/${identity.element_id}/files/`;
  return {
    ...identity,
    tags: element.labels,
    ...(element.imported_from === null ? {} : { imported_from: String(element.imported_from) }),
    task_id: element.task_id,
    engine: element.engine,
    revision: element.revision,
    created: Math.floor(element.created_at.getTime() / 1000),
    files: element.manifest.files.map(({ sha256: _, ...file }) => ({ ...file, url: `${folder}${file.name}` })),
  };
}

/** An element with everything that is known of it, its files under `base`. */
export function presentElementDetails(element: Element, base: string) {
  const { sources, colors, report } = element.manifest;
  return { ...presentElement(element, base), sources, colors, report };
}

/** `element_type` repeats `reference_type` under the name that relays use. */
function presentIdentity(element: Omit<NewElement, 'imported_from' | 'revision'>) {
  return {
    element_id: String(element.id),
    element_name: element.name,
    element_description: element.description,
    element_type: element.reference_type,
    reference_type: element.reference_type,
    ...(element.voice_id === null ? {} : { element_voice_id: element.voice_id }),
    ...(element.tags.length === 0 ? {} : { tag_list: element.tags.map((tag_id) => ({ tag_id })) }),
    status: 'succeed' as const,
  };
}
