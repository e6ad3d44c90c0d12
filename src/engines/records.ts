import type { Db } from '../db/index.ts';
import type { ElementDraft, ElementFacts, EngineTools } from './element-engine.ts';
import type { KlingCheck, KlingStatus } from './schema.ts';

/** A task of this server. */
export interface OwnTask {
  id: string;
  kind: 'element' | 'video' | 'image';
}

/**
 * What an engine that works elsewhere has written down in this database. It can be read and written without the engine
 * itself, which the settings may have no credentials for any more while its tasks still end.
 */
export interface EngineRecords {
  /** The name of the engine. */
  readonly engine: string;
  /**
   * A task has ended without a result: what waits to be sent for it never is, and what comes of the rest is removed
   * there. Meant for the transaction that ends the task. Returns whether it is paid for elsewhere, or may be: then a
   * transaction that cancels it has to be rolled back.
   */
  abandon(tx: Db, task: OwnTask): Promise<boolean>;
  /** Of these tasks, the ids of those that are paid for elsewhere, or may be: they can't be cancelled any more. */
  listPaid(db: Db, tasks: readonly OwnTask[]): Promise<string[]>;
  /** An element is deleted here: what could not be removed elsewhere is to be, once it can. */
  forgetElement(db: Db, elementId: string): Promise<void>;
  /** Tasks with these ids are deleted here: what is written down of them is of no use any more. Meant for the transaction that deletes them. */
  forgetTasks(tx: Db, ids: readonly string[]): Promise<void>;
  /**
   * Deletes up to `limit` of what is written down of tasks that were deleted here, once nothing of them is left to be done or counted. Returns
   * how many went.
   */
  deleteForgotten(db: Db, limit: number): Promise<number>;
  /** Remembers what a built element is called elsewhere. Meant for the transaction that inserts it. */
  recordElement(tx: Db, upstream: NonNullable<ElementDraft['upstream']>, elementId: string): Promise<void>;
}

/** An engine whose own elements, which exist elsewhere, can be taken over into a library here. */
export interface ElementAdoption {
  /**
   * Builds an element here from copies of the material of one that exists elsewhere. Throws 404 `resource_not_found` when
   * it doesn't, and what building an element throws.
   */
  adoptElement(upstreamId: string, workFolder: string, tools: EngineTools): Promise<AdoptedElement>;
  /** Ids of our elements, of all accounts, that lead to the one elsewhere. */
  listAdopted(db: Db, upstreamId: string): Promise<string[]>;
  /**
   * Remembers that an account has taken it over. False, and nothing written, when the account has done so before. Meant
   * for the transaction that inserts the element.
   */
  recordAdopted(tx: Db, adopted: { account_id: number; upstream_id: string; element_id: string }): Promise<boolean>;
  /** Our element no longer leads to the one elsewhere. */
  forgetAdopted(db: Db, elementId: string): Promise<void>;
}

interface AdoptedElement {
  facts: ElementFacts;
  draft: ElementDraft;
}

/** What an operator may ask about a service elsewhere. */
export interface EngineReports {
  /** What this server knows of it; `charged_credits` is left to who knows the tasks. Asks nobody but for the balance, at most once a minute. */
  showStatus(): Promise<KlingStatus>;
  /** A few free calls to each account, and what they found in words. */
  checkAccount(): Promise<KlingCheck>;
  /** How each account stands with each product, by the database alone. */
  listStates(): Promise<AccountState[]>;
}

/** An account elsewhere, for what watches this server. */
export interface AccountState {
  /** As the settings call it. */
  account: string;
  /** Units left in its packs, as it told last; null before. */
  remaining_units: number | null;
  products: { product: string; in_work: number; waiting: number; is_stopped: boolean }[];
}
