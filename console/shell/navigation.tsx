import { NavLink, ScrollArea, Stack } from '@mantine/core';
import {
  Bell,
  BookOpen,
  Boxes,
  ChartColumn,
  Clapperboard,
  House,
  KeyRound,
  ListChecks,
  type LucideIcon,
  Settings,
} from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { useRole } from '../api/use-me.ts';

interface Place {
  path: string;
  label: string;
  icon: LucideIcon;
  /** Pages that only managers see anything on. */
  manages?: true;
}

const places: readonly Place[] = [
  { path: '/', label: 'Home', icon: House },
  { path: '/elements', label: 'Elements', icon: Boxes },
  { path: '/studio', label: 'Studio', icon: Clapperboard },
  { path: '/tasks', label: 'Tasks', icon: ListChecks },
  { path: '/callbacks', label: 'Callbacks', icon: Bell },
  { path: '/usage', label: 'Usage', icon: ChartColumn, manages: true },
  { path: '/keys', label: 'API keys', icon: KeyRound, manages: true },
  { path: '/settings', label: 'Settings', icon: Settings },
];

/** The pages, with the one that is open marked. */
export function Navigation({ onFollow }: { onFollow: () => void }) {
  const [location] = useLocation();
  const manages = useRole('manager');
  const isOpen = (path: string) => (path === '/' ? location === '/' : location.startsWith(path));
  const looks = { label: { fontSize: 'var(--mantine-font-size-md)', fontWeight: 500 } };
  return (
    <>
      <ScrollArea flex={1} type="never">
        <Stack gap={2}>
          {places
            .filter((place) => manages || place.manages === undefined)
            .map(({ path, label, icon: Icon }) => (
              <NavLink
                key={path}
                component={Link}
                href={path}
                label={label}
                leftSection={<Icon size={18} aria-hidden />}
                active={isOpen(path)}
                aria-current={isOpen(path) ? 'page' : undefined}
                onClick={onFollow}
                styles={looks}
                bdrs="md"
              />
            ))}
        </Stack>
      </ScrollArea>
      <NavLink
        component={Link}
        href="/docs"
        label="Documentation"
        leftSection={<BookOpen size={18} aria-hidden />}
        styles={looks}
        bdrs="md"
      />
    </>
  );
}
