import { type chooseRefusalKind, describeCode } from './codes.ts';

/** The upstream answered, and not with what was asked for. Its words are kept for the caller and the log. */
export class KlingRefusal extends Error {
  readonly kind: ReturnType<typeof chooseRefusalKind>;
  /** Null: the answer was none of the vendor's. */
  readonly code: number | null;
  readonly status: number;
  readonly upstreamMessage: string;
  readonly requestId: string | null;
  /** By the upstream's clock; null when it didn't say. */
  readonly date: Date | null;

  constructor(facts: Omit<KlingRefusal, keyof Error>) {
    super(`the Kling API refused: ${describeCode(facts.code, facts.status)}`);
    this.kind = facts.kind;
    this.code = facts.code;
    this.status = facts.status;
    this.upstreamMessage = facts.upstreamMessage;
    this.requestId = facts.requestId;
    this.date = facts.date;
  }
}

/** No answer came. `sent` is false only when it is certain that nothing of the request arrived. */
export class KlingNoAnswer extends Error {
  readonly sent: boolean;

  constructor(reason: string, sent: boolean) {
    super(`the Kling API gave no answer: ${reason}`);
    this.sent = sent;
  }
}
