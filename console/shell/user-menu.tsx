import { Avatar, Menu, SegmentedControl, Stack, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { Keyboard, LogOut } from 'lucide-react';
import { useMe, useSignOut } from '../api/use-me.ts';
import { notifyFailed } from '../parts/notify.ts';

/** Who is signed in, the scheme, the list of shortcuts, and the way out. */
export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const me = useMe();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={248}>
      <Menu.Target>
        <UnstyledButton aria-label={`Signed in as ${me.name}`}>
          <Avatar size={32} radius="xl" color="plum" variant="filled">
            {me.name.slice(0, 1).toUpperCase()}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Stack gap={0} px="sm" py="xs">
          <Text fw={600} className="clip">
            {me.name}
          </Text>
          <Text size="xs" c="dimmed">
            {me.role} of {me.account.name} · {me.hint}
          </Text>
        </Stack>
        <Menu.Divider />
        <SegmentedControl
          m="xs"
          size="xs"
          aria-label="Color scheme"
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
          data={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
            { value: 'auto', label: 'System' },
          ]}
        />
        <Menu.Item leftSection={<Keyboard size={16} aria-hidden />} onClick={onHelp}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={16} aria-hidden />} onClick={() => void signOut().catch(notifyFailed)}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
