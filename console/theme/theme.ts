import { type CSSVariablesResolver, createTheme, Modal, Notification, Paper, Table, Tooltip } from '@mantine/core';
import { dark, gray, plum } from './colors.ts';

const sans = "'Inter', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const mono = "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/** The one visual language: type in steps of 1.2, spacing in steps of 4 px, one accent, surfaces with a hairline. */
export const theme = createTheme({
  primaryColor: 'plum',
  // White on both is read at 7:1 and more.
  primaryShade: { light: 8, dark: 7 },
  colors: { plum, gray, dark },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.35' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  defaultRadius: 'md',
  headings: {
    fontFamily: sans,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 'lg',
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { blur: 2 },
      },
    }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, radius: 'lg' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 'xs', horizontalSpacing: 'md' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: true } }),
  },
});

/** What the theme's own variables have no name for; `--troupe-sheet` is the ground of the sheets that the server draws. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--troupe-page': '#faf9fb',
    '--troupe-surface': '#ffffff',
    '--troupe-sunken': '#f3f1f5',
    '--troupe-line': '#e4e0e9',
    '--troupe-accent-text': '#832e6c',
    '--troupe-sheet': '#b9bcc0',
    '--mantine-color-error': '#b3261e',
  },
  dark: {
    '--troupe-page': '#18161d',
    '--troupe-surface': '#201d26',
    '--troupe-sunken': '#121016',
    '--troupe-line': '#35313f',
    '--troupe-accent-text': '#e3a5d1',
    '--troupe-sheet': '#b9bcc0',
    '--mantine-color-error': '#ff9a93',
    '--mantine-color-dimmed': '#aea8b9',
  },
});
