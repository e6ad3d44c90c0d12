import { ActionIcon, Alert, Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import { addShot, type CastMember, type Draft, type Shot, shotPromptMax, studioModels, sumShots } from './draft.ts';
import { PromptField } from './prompt-field.tsx';
import classes from './studio.module.css';

interface ShotsFieldProps {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

/** The shots on a line, each as long as it lasts, and each with its words; the line says what is missing or too much. */
export function ShotsField({ draft, onChange }: ShotsFieldProps) {
  const { shots, cast, model } = draft;
  const { shotsMax, elementsMax, seconds: lengths } = studioModels[model];
  const change = (id: string, what: Partial<Shot>, added?: CastMember) =>
    onChange({
      shots: shots.map((shot) => (shot.id === id ? { ...shot, ...what } : shot)),
      ...(added === undefined ? {} : { cast: [...cast, added] }),
    });
  const add = () => onChange({ shots: addShot(draft) });
  return (
    <Stack gap="sm">
      <Line draft={draft} onFit={(seconds) => onChange({ seconds })} />
      {shots.map(({ id, prompt, seconds }, at) => (
        <Group key={id} className={classes.shot} align="flex-start" gap="sm">
          <div style={{ flex: '1 1 260px', minWidth: 0 }}>
            <PromptField
              label={`Shot ${at + 1}`}
              value={prompt}
              max={shotPromptMax}
              rows={2}
              placeholder="@RC car rolls out of the garage"
              cast={cast}
              isCasting={elementsMax > 0}
              onChange={(text, added) => change(id, { prompt: text }, added)}
            />
          </div>
          <Group gap={6} align="flex-end" wrap="nowrap">
            <NumberInput
              label="Seconds"
              aria-label={`Seconds of shot ${at + 1}`}
              w={84}
              min={1}
              max={lengths.at(-1) ?? 15}
              allowDecimal={false}
              value={seconds}
              onChange={(value) => change(id, { seconds: Math.max(1, Number(value) || 1) })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              disabled={shots.length === 1}
              onClick={() => onChange({ shots: shots.filter((shot) => shot.id !== id) })}
              aria-label={`Remove shot ${at + 1}`}
            >
              <Trash2 size={16} aria-hidden />
            </ActionIcon>
          </Group>
        </Group>
      ))}
      {shots.length < shotsMax && (
        <Button variant="default" w="fit-content" leftSection={<Plus size={16} aria-hidden />} onClick={add}>
          Add a shot
        </Button>
      )}
    </Stack>
  );
}

function Line({ draft, onFit }: { draft: Draft; onFit: (seconds: number) => void }) {
  const { shots, seconds, model } = draft;
  const sum = sumShots(draft);
  const { seconds: lengths } = studioModels[model];
  return (
    <Stack gap={6}>
      <ol className={classes.line} aria-label="The shots on a line">
        {shots.map((shot, at) => (
          <li
            key={shot.id}
            className={classes.segment}
            data-kind={sum > seconds ? 'over' : 'shot'}
            style={{ flexGrow: shot.seconds, flexBasis: 0 }}
          >
            {at + 1} · {shot.seconds} s
          </li>
        ))}
        {sum < seconds && (
          <li className={classes.segment} data-kind="free" style={{ flexGrow: seconds - sum, flexBasis: 0 }}>
            {seconds - sum} s free
          </li>
        )}
      </ol>
      {sum === seconds ? (
        <Text size="xs" c="dimmed">
          {sum} of {seconds} s
        </Text>
      ) : (
        <Alert color="yellow" p="xs" role="status">
          <Group justify="space-between" gap="xs">
            <Text size="sm">
              {sum} of {seconds} s: the shots must last as long as the video.
            </Text>
            {lengths.includes(sum) && (
              <Button size="compact-sm" variant="default" onClick={() => onFit(sum)}>
                Make the video {sum} s
              </Button>
            )}
          </Group>
        </Alert>
      )}
    </Stack>
  );
}
