import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useSyncExternalStore } from 'react';
import classes from './ground.module.css';

/** What lies behind a cut-out. */
export type GroundKind = 'light' | 'dark' | 'checkered';

/** Chooses the ground. */
export function GroundSwitch() {
  const ground = useGround();
  return (
    <SegmentedControl
      aria-label="Ground behind cut-outs"
      size="sm"
      value={ground}
      onChange={(value) => setGround(value as GroundKind)}
      data={[
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
        { value: 'checkered', label: 'Checkered' },
      ]}
    />
  );
}

interface GroundProps {
  /** The one that is chosen for all pages where it's left out. */
  kind?: GroundKind | 'plain' | undefined;
  children: ReactNode;
  className?: string | undefined;
}

/** A box of the chosen ground around a picture. */
export function Ground({ kind, children, className = '' }: GroundProps) {
  const ground = useGround();
  return (
    <div className={`${classes.ground} ${className}`} data-ground={kind ?? ground}>
      {children}
    </div>
  );
}

const key = 'troupe-ground';
const kinds: readonly GroundKind[] = ['light', 'dark', 'checkered'];
const listeners = new Set<() => void>();
let chosen: GroundKind | null = null;

/**
 * The ground that this browser shows cut-outs on, on every page. One place for all who show it: a hook of its own at each of a library's
 * tiles wrote to the browser's storage and told every other whenever one came into view.
 */
function useGround(): GroundKind {
  return useSyncExternalStore(subscribe, readGround);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('storage', takeFromElsewhere);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('storage', takeFromElsewhere);
  };
}

function readGround(): GroundKind {
  chosen ??= kinds.find((kind) => localStorage.getItem(key) === JSON.stringify(kind)) ?? 'checkered';
  return chosen;
}

function setGround(kind: GroundKind): void {
  localStorage.setItem(key, JSON.stringify(kind));
  tell();
}

/** Another tab has chosen. */
function takeFromElsewhere(event: StorageEvent): void {
  if (event.key === key) tell();
}

function tell(): void {
  chosen = null;
  for (const listener of listeners) listener();
}
