import {
  ActionIcon,
  Button,
  FileButton,
  Group,
  Loader,
  SegmentedControl,
  Slider,
  Stack,
  Text,
  Title,
  Tooltip,
} from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { Redo2, Undo2 } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { type Cutout, createUniqueId } from '../../../client/index.ts';
import type { GroundKind } from '../../parts/ground.tsx';
import { notifyFailed } from '../../parts/notify.ts';
import { brush, computeRadiusPx, hasRoom, type Stroke } from './mending.ts';
import { readPng } from './read-png.ts';
import type { UsedMending } from './use-mending.ts';

type MendingGround = GroundKind | 'dimmed';

interface ToolsProps {
  cutout: Cutout;
  mending: UsedMending;
  kind: Stroke['kind'];
  setKind: (kind: Stroke['kind']) => void;
  /** Step of the brush's size. */
  size: number;
  setSize: (size: number) => void;
  ground: MendingGround;
  setGround: (ground: MendingGround) => void;
  beforePercent: number;
  setBeforePercent: (percent: number) => void;
  isBusy: boolean;
  canSave: boolean;
  onSave: () => void;
  onGoBack: () => void;
}

/** What one paints with, what it's looked at on, and what becomes of it. */
export function Tools(props: ToolsProps) {
  const { cutout, mending, kind, setKind, size, setSize, ground, setGround, isBusy } = props;
  const diameterPx = Math.round(2 * computeRadiusPx(size, cutout));
  return (
    <Stack className="surface" p="lg" gap="lg" component="section" aria-label="Tools">
      <SegmentedControl
        aria-label="What the brush does"
        fullWidth
        value={kind}
        onChange={(value) => setKind(value as Stroke['kind'])}
        data={[
          { value: 'keep', label: 'Keep' },
          { value: 'remove', label: 'Remove' },
        ]}
      />
      <Labelled name={`Brush: ${diameterPx} px`}>
        <Slider
          thumbLabel="Size of the brush"
          min={0}
          max={brush.stepsMax}
          value={size}
          onChange={setSize}
          label={null}
        />
      </Labelled>
      <Steps mending={mending} isBusy={isBusy} />
      <Labelled name="Ground">
        <SegmentedControl
          aria-label="Ground behind the cut-out"
          fullWidth
          size="xs"
          value={ground}
          onChange={(value) => setGround(value as MendingGround)}
          data={[
            { value: 'dimmed', label: 'Dimmed' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
            { value: 'checkered', label: 'Checkered' },
          ]}
        />
      </Labelled>
      <Labelled name="Before and after">
        <Slider
          thumbLabel="How much is shown as it was"
          value={props.beforePercent}
          onChange={props.setBeforePercent}
          label={(percent) => `${percent} %`}
        />
      </Labelled>
      <Endings {...props} />
    </Stack>
  );
}

/** The ground that this browser mends on. */
export function useMendingGround(): [MendingGround, (ground: MendingGround) => void] {
  const [ground, setGround] = useLocalStorage<MendingGround>({
    key: 'troupe-mending-ground',
    defaultValue: 'dimmed',
    getInitialValueInEffect: false,
  });
  return [ground, setGround];
}

function Labelled({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" fw={600} mb={6}>
        {name}
      </Text>
      {children}
    </div>
  );
}

function Steps({ mending, isBusy }: { mending: UsedMending; isBusy: boolean }) {
  const { draft, isDrawing, undo, redo } = mending;
  const count = draft.steps.length;
  const text = count === 0 ? 'Nothing is changed yet' : `${count} ${count === 1 ? 'change' : 'changes'}, not saved yet`;
  return (
    <Group gap="xs" wrap="nowrap">
      <Tooltip label="Undo: Ctrl + Z">
        <ActionIcon variant="default" size={36} aria-label="Undo" disabled={count === 0 || isBusy} onClick={undo}>
          <Undo2 size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Redo: Ctrl + Shift + Z">
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Redo"
          disabled={draft.undone.length === 0 || isBusy}
          onClick={redo}
        >
          <Redo2 size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Text size="sm" c="dimmed" role="status">
        {hasRoom(draft) ? text : 'Save these first: no more go into one request'}
      </Text>
      {isDrawing && <Loader size={16} aria-label="Drawing the edge" />}
    </Group>
  );
}

/** Saving, an alpha of one's own, and the way back. */
function Endings({ cutout, mending, isBusy, canSave, onSave, onGoBack }: ToolsProps) {
  const id = useId();
  const take = (file: File | null) => {
    if (file === null) return;
    readPng(file).then((alpha) => mending.add({ id: createUniqueId(), alpha }), notifyFailed);
  };
  return (
    <Stack gap="sm">
      <Button fullWidth size="md" disabled={!canSave} loading={isBusy} onClick={onSave}>
        Save
      </Button>
      <Group grow>
        <FileButton onChange={take} accept="image/png">
          {(given) => (
            <Button {...given} variant="default" disabled={isBusy} aria-describedby={id}>
              Use my own alpha
            </Button>
          )}
        </FileButton>
        {cutout.matte_source === 'mended' && (
          <Button variant="default" disabled={isBusy} onClick={onGoBack}>
            Back to automatic
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed" id={id}>
        A PNG of {cutout.width_px} × {cutout.height_px} px: its alpha channel, or white on black.
      </Text>
      <details>
        <summary>Without a mouse</summary>
        <Title order={3} size="sm" mt="xs">
          With the picture focused
        </Title>
        <Text size="sm">
          Arrow keys lead the brush (with Shift by one pixel), Space paints a point, Enter a line from the last point. [
          and ] size the brush, X changes between keep and remove.
        </Text>
      </details>
    </Stack>
  );
}
