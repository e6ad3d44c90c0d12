import { SegmentedControl } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './ground.module.css';

/** What lies behind a cut-out. */
export type GroundKind = 'light' | 'dark' | 'checkered';

/** Chooses the ground. */
export function GroundSwitch() {
  const [ground, setGround] = useGround();
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
  const [ground] = useGround();
  return (
    <div className={`${classes.ground} ${className}`} data-ground={kind ?? ground}>
      {children}
    </div>
  );
}

/** The ground that this browser shows cut-outs on, on every page. */
function useGround(): [GroundKind, (ground: GroundKind) => void] {
  const [ground, setGround] = useLocalStorage<GroundKind>({
    key: 'troupe-ground',
    defaultValue: 'checkered',
    getInitialValueInEffect: false,
  });
  return [ground, setGround];
}
