import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Task } from '../../../client/index.ts';
import { formatCredits, formatSeconds } from '../../parts/format.ts';
import { Time } from '../../parts/time.tsx';

/** When, how long, what it does right now and what it costs. */
export function TaskFacts({ task }: { task: Task }) {
  const { task_info: info, usage, duration } = task;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Accepted', <Time key="at" at={task.created} />],
    ...present('Took', duration, formatSeconds),
    ...present('Doing', info.step, (step) => step),
    ...present('Expected in', info.estimated_time || undefined, formatSeconds),
    ...present('Length', info.video_duration, formatSeconds),
    ...present('Held back', usage.credits_reserved || undefined, credits),
    ...present('Charged', usage.credits_used, credits),
    ...(task.dry_run === true ? [['Dry run', 'nothing is made or charged'] as const] : []),
  ];
  return (
    <Stack gap="xs" component="section">
      <Title order={3}>Facts</Title>
      <dl className="facts numbers">
        {facts.map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </dl>
    </Stack>
  );
}

const credits = (amount: number) => `${formatCredits(amount)} ${amount === 1 ? 'credit' : 'credits'}`;

function present<T>(
  name: string,
  value: T | undefined,
  show: (value: T) => ReactNode,
): (readonly [string, ReactNode])[] {
  return value === undefined ? [] : [[name, show(value)]];
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
