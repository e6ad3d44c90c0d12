/**
 * Owns the ledger: balances and the append-only transfers behind them, in whole microcredits.
 * Not prices (models), not what a key may spend (accounts), not tasks: it knows a task's id alone.
 * Invariant: every movement is one transfer, nothing is overdrawn, and each reservation is resolved at most once.
 */
export { microcreditsMax, parseCredits, presentCredits } from '../lib/microcredits.ts';
export { checkLedger } from './check-ledger.ts';
export { getBalance, listBalances } from './get-balance.ts';
export { listOpenReservations } from './ledger-check-queries.ts';
export { type LedgerLine, type LedgerPlace, listLedger } from './list-ledger.ts';
export { placeOrder } from './place-order.ts';
export { listTransfers } from './queries.ts';
export { refund } from './refund.ts';
export { reserve } from './reserve.ts';
export { reserveTogether } from './reserve-together.ts';
export type { AccountRecord, Balance, Resolution } from './schema.ts';
export { settle } from './settle.ts';
export { settleTogether } from './settle-together.ts';
export { topUp } from './top-up.ts';
export { withdraw } from './withdraw.ts';
