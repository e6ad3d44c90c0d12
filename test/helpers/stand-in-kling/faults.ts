/** What a finished video says of itself. */
export interface MadeVideo {
  widthPx: number;
  heightPx: number;
  seconds: number;
  sound: boolean;
  /** Of a task for pictures: how many come of it. */
  pictures: number;
}

/**
 * What can go wrong with one request:
 * - `lost_request`: the connection is cut, nothing is done
 * - `lost_answer`: everything is done, then the connection is cut
 * - `no_answer`: everything is done, and no answer ever comes
 * - `garbage`: everything is done, and a web page says 200
 * - `page_403`, `page_404`: a gateway in between answers with a web page, nothing is done
 * - `late_work`: the connection is cut, and the work is done a while later
 * - a number: refused with this code, nothing is done
 * - `done_500x`: refused with this code, after everything was done
 */
export type CallFault =
  | 'lost_request'
  | 'lost_answer'
  | 'no_answer'
  | 'garbage'
  | 'late_work'
  | 'page_403'
  | 'page_404'
  | 'done_5000'
  | 'done_5001'
  | 'done_5002'
  | number;

/**
 * How a task ends that was taken: with the vendor's sentence for a failure, much later than others, without its result
 * for so many queries, or after so many queries that don't find it, since reads lag behind writes; or as another video than was
 * asked for.
 */
export type TaskFault =
  | { fails: string }
  | { slow: number }
  | { empty: number }
  | { unseen: number }
  | { makes: Partial<MadeVideo> };

export interface FaultPlan {
  /** Faults of the next creates, in order; null: none. */
  creates?: (CallFault | null)[];
  /** Faults of the next queries. */
  queries?: (CallFault | null)[];
  /** Fates of the next tasks. */
  tasks?: (TaskFault | null)[];
  /** After the scripts: the share (0 to 1) of calls that get one of `anyOf`. */
  rate?: number;
  anyOf?: CallFault[];
  queryFaults?: CallFault[];
}

/** Chooses faults: first what is scripted, then by chance from a seed, so that a run can be repeated. */
export function createFaults(seed: number) {
  let plan: FaultPlan = {};
  let state = seed >>> 0;
  // mulberry32, public domain
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const draw = (from: CallFault[] | undefined): CallFault | null => {
    if (from === undefined || from.length === 0 || random() >= (plan.rate ?? 0)) return null;
    return from[Math.floor(random() * from.length)] ?? null;
  };
  return {
    plan(next: FaultPlan): void {
      plan = structuredClone(next);
    },
    chooseCreate: () => plan.creates?.shift() ?? draw(plan.anyOf),
    chooseQuery: () => plan.queries?.shift() ?? draw(plan.queryFaults),
    chooseTask: () => plan.tasks?.shift() ?? null,
  };
}

export const refusals: Readonly<Record<number, { status: number; message: string }>> = {
  1000: { status: 401, message: 'authentication failed' },
  1001: { status: 401, message: 'authorization is empty' },
  1002: { status: 401, message: 'authorization is invalid' },
  1003: { status: 401, message: 'authorization is not yet valid' },
  1004: { status: 401, message: 'authorization has expired' },
  1100: { status: 429, message: 'account exception' },
  1101: { status: 429, message: 'account in arrears' },
  1102: { status: 429, message: 'account balance not enough' },
  1103: { status: 403, message: 'unauthorized access to requested resource' },
  1200: { status: 400, message: 'invalid request parameters' },
  1201: { status: 400, message: 'invalid parameter' },
  1202: { status: 404, message: 'the requested method is invalid' },
  1203: { status: 404, message: 'the requested resource does not exist' },
  1300: { status: 400, message: 'trigger strategy of the platform' },
  1301: { status: 400, message: 'the content may violate the content security policy' },
  1302: { status: 429, message: 'api request is too fast' },
  1303: { status: 429, message: 'parallel task over resource pack limit' },
  1304: { status: 429, message: 'ip is not on the allow list' },
  5000: { status: 500, message: 'server internal error' },
  5001: { status: 503, message: 'server temporarily unavailable' },
  5002: { status: 504, message: 'server internal timeout' },
};

/** An answer that isn't code 0. */
export class Refusal extends Error {
  readonly code: number;
  constructor(code: number, message?: string) {
    super(message ?? refusals[code]?.message ?? 'refused');
    this.code = code;
  }
}
