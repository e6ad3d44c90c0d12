import type { Transfer } from '../../client/index.ts';
import { formatCredits } from './format.ts';
import { ToneBadge } from './status-badge.tsx';

/** What each kind of transfer does to what can be spent. */
const kinds: Readonly<Record<Transfer['kind'], { label: string; tone: string; sign: '+' | '−' | '' }>> = {
  top_up: { label: 'top-up', tone: 'teal', sign: '+' },
  withdraw: { label: 'withdrawal', tone: 'orange', sign: '−' },
  reserve: { label: 'held', tone: 'gray', sign: '−' },
  settle: { label: 'charged', tone: 'plum', sign: '' },
  release: { label: 'given back', tone: 'blue', sign: '+' },
  refund: { label: 'refunded', tone: 'blue', sign: '+' },
};

/** What a transfer did, in a word and a color. */
export function TransferBadge({ transfer }: { transfer: Transfer }) {
  const { label, tone } = kinds[transfer.kind];
  return <ToneBadge tone={tone}>{label}</ToneBadge>;
}

/** Its credits with the sign of what it did to those that can be spent; none for what had been held before. */
export function formatTransfer({ kind, credits }: Transfer): string {
  return `${kinds[kind].sign}${formatCredits(credits)}`;
}
