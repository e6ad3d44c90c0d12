import { Group, Kbd, Modal, Stack, Switch, Text } from '@mantine/core';
import { shortcuts, useSingleKeys } from './shortcuts.ts';

/** What the keyboard does, and the switch that turns single letters off. */
export function ShortcutList({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [on, setOn] = useSingleKeys();
  return (
    <Modal opened={opened} onClose={onClose} title={<Text fw={600}>Keyboard shortcuts</Text>} size="sm">
      <Stack gap="sm">
        {shortcuts.map(([keys, does]) => (
          <Group key={keys} justify="space-between" wrap="nowrap">
            <Text>{does}</Text>
            <Kbd className="unbroken" flex="none">
              {keys}
            </Kbd>
          </Group>
        ))}
        <Switch
          mt="sm"
          label="Single keys do something"
          description="Switch them off where speech input or hands trigger them unasked."
          checked={on}
          onChange={({ currentTarget }) => setOn(currentTarget.checked)}
        />
      </Stack>
    </Modal>
  );
}
