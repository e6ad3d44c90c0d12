import { type ReactNode, Suspense, useState } from 'react';

/**
 * What only some visits open, such as a dialog with a form: its code is loaded when it's asked for the first time, and no page's first
 * load brings it. It stays from then on, so that it can close as it opened. `children` are of a `lazy` part.
 */
export function OnceAsked({ asked, children }: { asked: boolean; children: ReactNode }) {
  const [wasAsked, setWasAsked] = useState(asked);
  if (asked && !wasAsked) setWasAsked(true);
  return wasAsked && <Suspense>{children}</Suspense>;
}
