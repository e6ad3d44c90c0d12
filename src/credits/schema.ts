import { type Static, Type } from 'typebox';
import type { TransferKind } from './tables.ts';

/** What one account has: `granted = available + reserved + spent`, each a whole number ≥ 0 below 2⁵³. */
export interface Balance {
  account_id: number;
  /** All that was ever topped up, less what was withdrawn. */
  granted_microcredits: number;
  /** Can be reserved. */
  available_microcredits: number;
  /** Held by tasks that have not ended. */
  reserved_microcredits: number;
  /** Charged. */
  spent_microcredits: number;
}

export interface Reservation {
  account_id: number;
  task_id: string;
  amount_microcredits: number;
}

/** What a finished task costs, from 0 to what was reserved for it. */
export interface Settlement {
  task_id: string;
  charged_microcredits: number;
}

/** How a reservation ended, as the ledger stores it. */
export interface Resolution {
  account_id: number;
  task_id: string;
  kind: 'settle' | 'refund';
  reserved_microcredits: number;
  /** 0 for a refund. */
  charged_microcredits: number;
  /** Given back to the account: `reserved - charged`. */
  returned_microcredits: number;
  /** True when this very call booked it; false when it was there before, and nothing was booked now. */
  booked: boolean;
}

export interface Transfer {
  id: number;
  account_id: number;
  kind: TransferKind;
  amount_microcredits: number;
  task_id: string | null;
  note: string | null;
  created_at: Date;
}

/** Something that is wrong with the ledger. */
export const Discrepancy = Type.Object({
  rule: Type.Union([
    Type.Literal('balance_differs'),
    Type.Literal('sum_not_zero'),
    Type.Literal('not_one_account'),
    Type.Literal('not_one_reservation'),
    Type.Literal('resolved_more_than_once'),
    Type.Literal('release_without_settlement'),
    Type.Literal('not_wholly_resolved'),
    Type.Literal('reservation_open'),
  ]),
  account_id: Type.Integer(),
  task_id: Type.Union([Type.String(), Type.Null()], { description: 'Null when the whole balance is meant.' }),
  detail: Type.String({ description: 'What was found, with the amounts in microcredits.' }),
});
export type Discrepancy = Static<typeof Discrepancy>;

export interface OpenReservation {
  account_id: number;
  task_id: string;
  amount_microcredits: number;
  created_at: Date;
}

/** An account with its credits, as the API shows it to admins. */
export const AccountRecord = Type.Object(
  {
    account_id: Type.Integer(),
    name: Type.String(),
    remaining_credits: Type.Number({ minimum: 0, description: 'What can be reserved now.' }),
    reserved_credits: Type.Number({ minimum: 0, description: 'What unfinished tasks hold.' }),
    used_credits: Type.Number({ minimum: 0, description: 'What was charged.' }),
    created_at: Type.String({ format: 'date-time' }),
  },
  { title: 'Account' },
);
export type AccountRecord = Static<typeof AccountRecord>;
