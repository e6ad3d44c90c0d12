import { Box } from '@mantine/core';
import { CopyIcon } from './copy.tsx';

/** Text in fixed width to read and to copy. Reached and scrolled by keyboard. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <Box pos="relative">
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      {/* biome-ignore-start lint/a11y/useSemanticElements: it is preformatted text first */}
      <pre className="code" tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
      {/* biome-ignore-end lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above */}
      <Box pos="absolute" top={6} right={6}>
        <CopyIcon value={text} label={`Copy: ${label}`} />
      </Box>
    </Box>
  );
}
