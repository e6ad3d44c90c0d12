import { Stack } from '@mantine/core';
import { type HotkeyItem, useHotkeys, useWindowEvent } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { type Cutout, createUniqueId, getCutout, mendCutout, TroupeError, undoMending } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { notifyDone } from '../../parts/notify.ts';
import { useSingleKeys } from '../../shell/shortcuts.ts';
import { Conflict } from './conflict.tsx';
import { brush, computeRadiusPx, hasRoom, type MendingDraft, type Stroke, writeMending } from './mending.ts';
import { Stage } from './stage.tsx';
import { Tools, useMendingGround } from './tools.tsx';
import { type UsedMending, useMending } from './use-mending.ts';

interface MendViewProps {
  cutout: Cutout;
  /** Stands below the picture: the other views. */
  thumbs: ReactNode;
  /** The cut-out has changed elsewhere and must be read again. */
  onStale: () => void;
}

/** One cut-out on the stage, and the tools beside it. */
export function MendView({ cutout, thumbs, onStale }: MendViewProps) {
  const { element_id, view } = cutout;
  const mending = useMending(cutout);
  const { draft } = mending;
  const [kind, setKind] = useState<Stroke['kind']>('keep');
  const [size, setSize] = useState(brush.first);
  const [beforePercent, setBeforePercent] = useState(0);
  const [ground, setGround] = useMendingGround();
  const [isGoingBack, setGoingBack] = useState(false);
  const { isBusy, fault, store, dropFault } = useStore(cutout, mending);
  const resize = (by: number) => setSize((old) => Math.min(brush.stepsMax, Math.max(0, old + by)));
  const problem = fault ?? mending.error;
  const isConflict = problem instanceof TroupeError && problem.code === 'revision_conflict';
  const last = draft.steps.at(-1);
  const isUnsaved = last !== undefined;
  const canSave = isUnsaved && !isBusy && problem === null;
  const save = () => {
    if (canSave) void store(() => mendCutout(client, element_id, view, writeMending(draft)), 'Saved');
  };
  const [hasSingleKeys] = useSingleKeys();
  const singleKeys: HotkeyItem[] = [
    ['[', () => resize(-2), { usePhysicalKeys: false }],
    [']', () => resize(2), { usePhysicalKeys: false }],
    ['X', () => setKind((old) => (old === 'keep' ? 'remove' : 'keep'))],
  ];
  useHotkeys([
    ['mod+Z', mending.undo],
    ['mod+shift+Z', mending.redo],
    ['mod+Y', mending.redo],
    ['mod+Enter', save],
    ...(hasSingleKeys ? singleKeys : []),
  ]);
  useWindowEvent('beforeunload', (event) => {
    if (isUnsaved) event.preventDefault();
  });
  const moveOn = async (keepsSteps: boolean) => {
    dropFault();
    const now = await getCutout(client, element_id, view);
    if (keepsSteps) mending.moveTo(now.revision);
    else mending.forget();
    onStale();
  };
  return (
    <div className="two">
      <Stack gap="sm" component="section" aria-label="Picture">
        <Stage
          {...{ cutout, beforePercent, ground, kind }}
          matte={mending.matte}
          before={mending.before}
          radiusPx={computeRadiusPx(size, cutout)}
          pending={mending.isDrawing && last !== undefined && 'stroke' in last ? last.stroke : undefined}
          isLocked={isBusy || isConflict || !hasRoom(draft)}
          onStroke={(stroke) => mending.add({ id: createUniqueId(), stroke })}
          onSize={resize}
        />
        {thumbs}
        {isConflict && <Conflict error={problem} onChoose={(keepsSteps) => void moveOn(keepsSteps)} />}
        {problem !== null && !isConflict && (
          <ErrorNote error={problem} onRetry={fault === null ? mending.retry : dropFault} />
        )}
      </Stack>
      <Tools
        {...{ cutout, mending, kind, setKind, size, setSize, ground, setGround, beforePercent, setBeforePercent }}
        {...{ isBusy, canSave }}
        onSave={save}
        onGoBack={() => setGoingBack(true)}
      />
      <Confirm
        opened={isGoingBack}
        title="Go back to the automatic cut-out?"
        action="Go back"
        onConfirm={() =>
          store(() => undoMending(client, element_id, view, cutout.revision), 'As it was at first', true)
        }
        onClose={() => setGoingBack(false)}
      >
        All strokes that were stored for this view are dropped. The automatic cut-out comes back as it was.
      </Confirm>
    </div>
  );
}

/** Stores what has been done, and shows the element as it is then. */
function useStore({ element_id, view }: Cutout, { draft, forget }: UsedMending) {
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [isBusy, setBusy] = useState(false);
  // Of what was tried then: whatever is done next is another matter.
  const [fault, setFault] = useState<{ error: Error; of: MendingDraft } | null>(null);
  const store = async (change: () => Promise<Cutout>, said: string, throws = false) => {
    setBusy(true);
    setFault(null);
    try {
      await change();
      forget();
      await queries.invalidateQueries({ queryKey: kept.element(element_id), refetchType: 'all' });
      void queries.invalidateQueries({ queryKey: kept.elements() });
      notifyDone(`${said}. Sheet, colors and report were made anew.`);
      go(`/elements/${element_id}?view=${view}`);
    } catch (error) {
      if (throws) throw error;
      setFault({ error: error as Error, of: draft });
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, fault: fault?.of === draft ? fault.error : null, store, dropFault: () => setFault(null) };
}
