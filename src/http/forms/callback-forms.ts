import type { Context } from '../../flow/index.ts';
import { klingCallbackForm, presentKlingCallback } from './kling/present-callback.ts';

/** The bodies of callbacks of the forms that have one of their own, by the name that tasks keep. */
export const callbackForms: Context['callbackForms'] = { [klingCallbackForm]: presentKlingCallback };
