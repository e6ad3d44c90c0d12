import { useEffect, useRef, useState } from 'react';
import { notifyFailed } from './notify.ts';

/** How long it says so. */
const saidMs = 1500;

/** Copies a text, and says for a while that it did. */
export function useCopy(text: string): { copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = () => {
    writeClipboard(text).then(() => {
      setCopied(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), saidMs);
    }, notifyFailed);
  };
  return { copied, copy };
}

/** Browsers keep their clipboard from pages that came over plain HTTP, but for what is selected. */
async function writeClipboard(text: string): Promise<void> {
  if (isSecureContext) return await navigator.clipboard.writeText(text);
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'unseen';
  // Beside what was clicked, where a dialog lets it have the focus.
  (before?.parentElement ?? document.body).append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!isDone) throw new Error('This browser lets no page copy here: select the text and copy it');
}
