import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { GitCompareArrows } from 'lucide-react';

interface ConflictProps {
  error: Error;
  /** True: what was done is put over the cut-out as it is now; false: it is dropped. */
  onChoose: (keepsSteps: boolean) => void;
}

/** Two have mended the same element: what happened, and the two ways on. */
export function Conflict({ error, onChoose }: ConflictProps) {
  return (
    <Alert
      color="plum"
      icon={<GitCompareArrows size={18} aria-hidden />}
      title="Somebody else has changed this element meanwhile"
      role="alert"
    >
      <Stack gap="xs">
        <Text size="sm">Nothing was stored, and your strokes are still here. {error.message}.</Text>
        <Group gap="sm">
          <Button size="compact-sm" onClick={() => onChoose(true)}>
            Put mine over theirs
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => onChoose(false)}>
            Drop mine
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
