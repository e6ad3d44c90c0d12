import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useCopy } from './use-copy.ts';

/** Copies a text at a click and says that it did. */
export function CopyIcon({ value, label }: { value: string; label: string }) {
  const { copied, copy } = useCopy(value);
  return (
    <Tooltip label={copied ? 'Copied' : label}>
      <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label={copied ? 'Copied' : label}>
        {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}

/** A text in fixed width, such as an id, with a button that copies it. */
export function Copyable({ value, shown = value, label }: { value: string; shown?: string; label: string }) {
  return (
    <Group gap={4} wrap="nowrap" miw={0}>
      <code className="clip">{shown}</code>
      <CopyIcon value={value} label={label} />
    </Group>
  );
}
