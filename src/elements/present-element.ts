import type { NewElement } from './queries.ts';

/**
 * `result_data` of a finished element task: the id as a string where some clients look for it, and the upstream's
 * `elements` array where others do. `element_type` repeats `reference_type` under the name that relays use.
 */
export function presentElementResult(element: NewElement) {
  const elementId = String(element.id);
  return {
    element_id: elementId,
    elements: [
      {
        element_id: elementId,
        element_name: element.name,
        element_description: element.description,
        element_type: element.reference_type,
        reference_type: element.reference_type,
        ...(element.voice_id === null ? {} : { element_voice_id: element.voice_id }),
        status: 'succeed',
      },
    ],
    engine: element.engine,
  };
}
