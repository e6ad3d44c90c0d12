/** Leads the reader to what has just come about: into the window, below its header, and with the focus. */
export function bringIntoView(element: HTMLElement | null | undefined): void {
  if (element === null || element === undefined) return;
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'start', behavior: isCalm ? 'auto' : 'smooth' });
  element.focus({ preventScroll: true });
}
