import type { Logger } from 'pino';
import type { section as accounts } from '../accounts/config.ts';
import type { KeyCache, Pairs, RateLimiter } from '../accounts/index.ts';
import type { section as callbacks } from '../callbacks/config.ts';
import type { section as credits } from '../credits/config.ts';
import type { Database } from '../db/index.ts';
import type { Diagnosis } from '../doctor/index.ts';
import type { Engines, Vendor } from '../engines/index.ts';
import type { section as files } from '../files/config.ts';
import type { Jobs } from '../jobs/index.ts';
import type { Network } from '../lib/safe-fetch/index.ts';
import type { SectionValues } from '../lib/settings.ts';
import type { section as media } from '../media/config.ts';
import type { Media } from '../media/index.ts';
import type { Metrics } from '../metrics/index.ts';
import type { section as models } from '../models/config.ts';
import type { section as storage } from '../storage/config.ts';
import type { Links, Storage } from '../storage/index.ts';
import type { DurationEstimates, Feed, Task, TaskFinder, UnfinishedLimit } from '../tasks/index.ts';
import type { Tracing } from '../tracing/index.ts';
import type { Insertions } from './acceptance/create-insertions.ts';
import type { Conclusions } from './conclusion/create-conclusions.ts';
import type { section as flow } from './config.ts';

/** The settings of the flow and of the rooms that it asks; the doors have their own. */
export interface FlowConfig {
  flow: SectionValues<typeof flow>;
  accounts: SectionValues<typeof accounts>;
  callbacks: SectionValues<typeof callbacks>;
  credits: SectionValues<typeof credits>;
  files: SectionValues<typeof files>;
  media: SectionValues<typeof media>;
  models: SectionValues<typeof models>;
  storage: SectionValues<typeof storage>;
}

/** The body of a callback about a task that has ended. */
type PresentCallback = (context: Context, task: Task) => Promise<object>;

/** Everything that code may not reach for by itself: time, the network, the database, the disk. Plain values, opened once. */
export interface Context {
  config: FlowConfig;
  log: Logger;
  clock: { now(): Date };
  database: Database;
  jobs: Jobs;
  storage: Storage;
  network: Network;
  engines: Engines;
  /** The account elsewhere with its presets and voices; null without credentials. */
  vendor: Vendor | null;
  /** The engines' own; they close it. */
  media: Pick<Media, 'convertPicture'>;
  links: Links;
  keyCache: KeyCache;
  pairs: Pairs;
  /** Of what starts tasks, by key. */
  rateLimiter: RateLimiter<number>;
  /** Of everything else that needs a key, by key. */
  queryLimiter: RateLimiter<number>;
  /** Of callbacks that are sent by a caller's word, by key. */
  sendingLimiter: RateLimiter<number>;
  /** Of requests without a valid key, by address. */
  wrongKeyLimiter: RateLimiter<string>;
  /** What this process counts and times. */
  metrics: Metrics;
  /** What is told of the way of a request through the processes. */
  tracing: Tracing;
  /** Of attempts to sign in, by address. */
  signInLimiter: RateLimiter<string>;
  estimates: DurationEstimates;
  /** Tasks as they change, in any process. */
  feed: Feed;
  unfinishedLimit: UnfinishedLimit;
  /** By which accepted tasks get into the database. */
  insertions: Insertions;
  /** By which completed tasks are concluded. */
  conclusions: Conclusions;
  /** By which the doors find tasks that are asked for at once, outside transactions. */
  taskFinder: TaskFinder;
  /** Folder for files of work in progress; may be emptied at any time that no worker runs. */
  workFolder: string;
  /** What links begin with when neither a public address is set nor the caller has shown another one. */
  localUrl: string;
  /** Bodies of callbacks in other forms than that of the query, by the name that a task keeps. */
  callbackForms: Readonly<Record<string, PresentCallback>>;
  /** What is missing or wrong at this server. Never throws. */
  examine(): Promise<Diagnosis>;
  /** Closes everything in the reverse order of opening. */
  close(): Promise<void>;
}
