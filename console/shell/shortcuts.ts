import { useHotkeys, useLocalStorage } from '@mantine/hooks';

/** What `?` lists. */
export const shortcuts: readonly (readonly [keys: string, does: string])[] = [
  ['/', 'Search on this page'],
  ['J', 'Next row'],
  ['K', 'Row before'],
  ['Enter', 'Open the row'],
  ['Esc', 'Close what is open'],
  ['Ctrl + Enter', 'Run, make or send'],
  ['[ ] X', 'While mending: the brush, and keep or remove'],
  ['?', 'This list'],
];

/** Whether single letters do something; some people's speech or hands trigger them unasked (WCAG 2.1.4). */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useLocalStorage({
    key: 'troupe-single-keys',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return [on, setOn];
}

/** The shortcuts of every page: `/` finds its search field, J and K go through its rows, `?` calls `onHelp`. */
export function useShortcuts(onHelp: () => void): void {
  const [on] = useSingleKeys();
  useHotkeys(
    on
      ? [
          ['/', () => document.querySelector<HTMLElement>('[data-search]')?.focus(), { usePhysicalKeys: false }],
          ['J', () => moveFocus(1)],
          ['K', () => moveFocus(-1)],
          ['shift+?', onHelp],
        ]
      : [],
  );
}

/** Rows are what carries `data-row`; each is a link or a button. */
function moveFocus(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? rows[0] : rows[at + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
