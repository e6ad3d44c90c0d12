import { Progress, Text } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { Link } from 'wouter';
import type { Key } from '../../../client/index.ts';
import { formatCredits } from '../../parts/format.ts';
import { ToneBadge } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';
import classes from './key-row.module.css';
import { findKeyState } from './key-state.ts';

const tones = { active: 'teal', disabled: 'gray', expired: 'orange' } as const;

/** One key of the list: whose it is, what it spent of its limit, when it was used and when it ends. */
export function KeyRow({ apiKey, href, isMine }: { apiKey: Key; href: string; isMine: boolean }) {
  const state = findKeyState(apiKey, new Date());
  return (
    <Link href={href} className={`row ${classes.row}`} data-row>
      <span className={classes.name}>
        <Text span fw={500} className="clip">
          {apiKey.name}
          {isMine && (
            <Text span size="xs" c="dimmed">
              {' '}
              (yours)
            </Text>
          )}
        </Text>
        <Text span size="xs" c="dimmed" ff="monospace" className="clip">
          {apiKey.hint}
        </Text>
      </span>
      <Text span size="sm" className="clip">
        {apiKey.account.name}
        <Text span c="dimmed" size="sm">
          {' '}
          · {apiKey.role}
        </Text>
      </Text>
      <Spending apiKey={apiKey} />
      <Text span size="sm" c="dimmed" className={classes.time}>
        {apiKey.last_used_at === null ? 'never used' : <Time at={apiKey.last_used_at} />}
      </Text>
      <span className={classes.state}>
        <ToneBadge tone={tones[state]}>{state}</ToneBadge>
        {state === 'active' && apiKey.expires_at !== null && (
          <Text span size="xs" c="dimmed">
            ends <Time at={apiKey.expires_at} />
          </Text>
        )}
      </span>
      <ChevronRight size={16} className={classes.opens} aria-hidden />
    </Link>
  );
}

function Spending({ apiKey }: { apiKey: Key }) {
  const { used_credits, total_limit_credits: limit } = apiKey;
  return (
    <span className={classes.spending}>
      <Text span size="sm" className="numbers">
        {formatCredits(used_credits)}
        <Text span c="dimmed" size="sm">
          {limit === null ? ' credits' : ` of ${formatCredits(limit)}`}
        </Text>
      </Text>
      {limit !== null && limit > 0 && (
        <Progress
          value={Math.min(100, (used_credits / limit) * 100)}
          size={3}
          color={used_credits / limit > 0.9 ? 'orange' : 'plum'}
          aria-label={`${formatCredits(used_credits)} of ${formatCredits(limit)} credits used`}
        />
      )}
    </span>
  );
}
