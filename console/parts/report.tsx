import { Group, Stack, Text } from '@mantine/core';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import classes from './report.module.css';
import { tidyMessage } from './tidy-message.ts';

interface Finding {
  code: string;
  level: string;
  message: string;
}

/** What is good about an element and what should be better, the latter first. It warns, nothing more. */
export function Report({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return <Text c="dimmed">Nothing was found to be said about it.</Text>;
  const sorted = findings.toSorted((one, other) => Number(one.level === 'good') - Number(other.level === 'good'));
  return (
    <Stack gap={8} component="ul" className={classes.list}>
      {sorted.map(({ code, level, message }) => (
        <Group key={code + message} component="li" gap="xs" wrap="nowrap" align="flex-start">
          {level === 'good' ? (
            <CircleCheck size={17} className={classes.good} aria-label="Good" />
          ) : (
            <TriangleAlert size={17} className={classes.warning} aria-label="Could be better" />
          )}
          <Text size="sm" className="breaks">
            {tidyMessage(message)}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
