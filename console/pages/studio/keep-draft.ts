import type { Draft } from './draft.ts';

/** Where this tab keeps the draft of the studio. */
export const draftKey = 'troupe-studio';

/** Puts a draft in the place of the one in this tab; the studio shows it when it's opened next. */
export function keepDraft(draft: Draft): void {
  sessionStorage.setItem(draftKey, JSON.stringify(draft));
}
