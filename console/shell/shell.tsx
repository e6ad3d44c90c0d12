import { AppShell, Box, Burger, Group, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useLiveTasks } from '../api/use-live.ts';
import iconUrl from '../icon.svg';
import { OnceAsked } from '../parts/once-asked.tsx';
import { Balance } from './balance.tsx';
import { Navigation } from './navigation.tsx';
import { useShortcuts } from './shortcuts.ts';
import { UserMenu } from './user-menu.tsx';

const ShortcutList = lazy(() => import('./shortcut-list.tsx').then((file) => ({ default: file.ShortcutList })));

/** What surrounds every page: the navigation (a drawer on a phone), the balance, and who is signed in. */
export function Shell({ children }: { children: ReactNode }) {
  const [isMenuOpen, menu] = useDisclosure(false);
  const [isHelpOpen, help] = useDisclosure(false);
  useShortcuts(help.open);
  useLiveTasks();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 224, breakpoint: 'sm', collapsed: { mobile: !isMenuOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
      styles={{
        header: { background: 'var(--troupe-surface)', borderColor: 'var(--troupe-line)' },
        navbar: { background: 'var(--troupe-surface)', borderColor: 'var(--troupe-line)' },
      }}
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isMenuOpen}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={isMenuOpen ? 'Close the navigation' : 'Open the navigation'}
            />
            <UnstyledButton component={Link} href="/" aria-label="Troupe, home">
              <Group gap={10} wrap="nowrap">
                <img src={iconUrl} width={26} height={26} alt="" />
                <Text fw={650} size="lg" visibleFrom="xs">
                  Troupe
                </Text>
              </Group>
            </UnstyledButton>
          </Group>
          <Group gap="sm" wrap="nowrap">
            <Balance />
            <UserMenu onHelp={help.open} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm">
        <Navigation onFollow={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main>
        <Box maw={1240} mx="auto">
          {children}
        </Box>
      </AppShell.Main>
      <OnceAsked asked={isHelpOpen}>
        <ShortcutList opened={isHelpOpen} onClose={help.close} />
      </OnceAsked>
    </AppShell>
  );
}
