import type { Db } from '../db/index.ts';
import type { EngineName, EngineSettings } from './config.ts';
import type { ElementDraft, ElementEngine } from './element-engine.ts';
import { engineAbsent } from './errors.ts';
import type { EngineRecords, EngineReports, OwnTask } from './records.ts';
import type { VideoEngine } from './video-engine.ts';

/** Every engine that this server has, and which of them a model's tasks go to. */
export interface Engines {
  /** The engine that new tasks of `model` go to. */
  chooseElementEngine(model: string): ElementEngine;
  chooseVideoEngine(model: string): VideoEngine;
  /** The engine that an accepted task was given to. Throws retryable 503 `service_unavailable` when it's gone. */
  getElementEngine(name: string): ElementEngine;
  getVideoEngine(name: string): VideoEngine;
  /** As {@link ElementEngine.verifyFiles}, by the engine of this machine. */
  verifyFiles: NonNullable<ElementEngine['verifyFiles']>;
  /** As {@link ElementEngine.mending}, by the engine of this machine. Throws retryable 503 `service_unavailable` without one. */
  getMending(): NonNullable<ElementEngine['mending']>;
  /** Of the Kling API. Throws 503 `service_unavailable` without credentials for it. */
  getReports(): EngineReports;
  /**
   * Removes what any engine keeps elsewhere of an element, and writes down what is left there, of engines without credentials as
   * well. Throws what the engine throws.
   */
  forgetElement(db: Db, elementId: string): Promise<void>;
  /** As {@link ElementEngine.drawStills}, by the engine of this machine. */
  drawStills: NonNullable<ElementEngine['drawStills']>;
  /** As {@link ElementEngine.shrinkPicture}, by the engine of this machine. */
  shrinkPicture: NonNullable<ElementEngine['shrinkPicture']>;
  /** As {@link EngineRecords.abandon}, of whichever engine the task was given to; false of one that keeps no records. */
  abandon(tx: Db, task: GivenTask): Promise<boolean>;
  /** As {@link EngineRecords.listPaid}, of several engines. */
  listPaid(db: Db, tasks: readonly GivenTask[]): Promise<string[]>;
  /** As {@link EngineRecords.forgetTasks}, of all engines. */
  forgetTasks(tx: Db, ids: readonly string[]): Promise<void>;
  /** As {@link EngineRecords.deleteForgotten}, of each engine. */
  deleteForgotten(db: Db, limit: number): Promise<number>;
  /** As {@link EngineRecords.recordElement}; nothing for an element that exists here alone. */
  recordElement(tx: Db, draft: BuiltElement, elementId: string): Promise<void>;
  /** Has every engine remove elsewhere what nobody wants any more. Throws what the first throws. */
  tidy(signal: AbortSignal): Promise<void>;
  /** Closes all of them. */
  close(): Promise<void>;
}

/** A task of this server, and the engine it was given to. */
interface GivenTask extends OwnTask {
  engine: string;
}

/** A built element, and the engine that built it. */
interface BuiltElement extends Pick<ElementDraft, 'upstream'> {
  engine: string;
}

/**
 * Joins engines by the settings: a model's own engine, else the one named for its kind, else the first given. Throws an
 * Error that names the setting when one asks for an engine that isn't among them.
 */
export function createEngines(
  settings: EngineSettings,
  elements: readonly [ElementEngine, ...ElementEngine[]],
  videos: readonly [VideoEngine, ...VideoEngine[]],
  records: readonly EngineRecords[] = [],
  reports?: EngineReports,
): Engines {
  const byModel = new Map<string, EngineName>(settings.engineByModel.map(({ model, engine }) => [model, engine]));
  const elementName = settings.elementEngine ?? elements[0].name;
  const videoName = settings.videoEngine ?? videos[0].name;
  for (const name of [elementName, videoName, ...byModel.values()]) {
    if ([...elements, ...videos].some((engine) => engine.name === name)) continue;
    throw new Error(`the settings name the engine '${name}', which has no credentials`);
  }
  const recordsOf = (name: string) => records.find(({ engine }) => engine === name);
  const getElementEngine = (name: string) => find(elements, name);
  const getVideoEngine = (name: string) => find(videos, name);
  return {
    chooseElementEngine: (model) => getElementEngine(byModel.get(model) ?? elementName),
    chooseVideoEngine: (model) => getVideoEngine(byModel.get(model) ?? videoName),
    getElementEngine,
    getVideoEngine,
    getReports() {
      if (reports === undefined) throw engineAbsent('kling');
      return reports;
    },
    async verifyFiles(files, hooks) {
      const engine = elements.find((one) => one.verifyFiles !== undefined);
      if (engine?.verifyFiles === undefined) throw engineAbsent('local');
      await engine.verifyFiles(files, hooks);
    },
    getMending() {
      const mending = elements.find((one) => one.mending !== undefined)?.mending;
      if (mending === undefined) throw engineAbsent('local');
      return mending;
    },
    async shrinkPicture(...picture) {
      const engine = elements.find((one) => one.shrinkPicture !== undefined);
      if (engine?.shrinkPicture === undefined) throw engineAbsent('local');
      await engine.shrinkPicture(...picture);
    },
    async drawStills(...video) {
      const engine = elements.find((one) => one.drawStills !== undefined);
      if (engine?.drawStills === undefined) throw engineAbsent('local');
      await engine.drawStills(...video);
    },
    async forgetElement(db, elementId) {
      for (const engine of elements) await engine.forgetElement?.(elementId);
      for (const kept of records) await kept.forgetElement(db, elementId);
    },
    async abandon(tx, { id, kind, engine }) {
      return (await recordsOf(engine)?.abandon(tx, { id, kind })) ?? false;
    },
    async listPaid(db, tasks) {
      const paid: string[] = [];
      for (const one of records) {
        const given = tasks.filter(({ engine }) => engine === one.engine);
        if (given.length > 0) paid.push(...(await one.listPaid(db, given)));
      }
      return paid;
    },
    async forgetTasks(tx, ids) {
      for (const kept of records) await kept.forgetTasks(tx, ids);
    },
    async deleteForgotten(db, limit) {
      let gone = 0;
      for (const kept of records) gone += await kept.deleteForgotten(db, limit);
      return gone;
    },
    async recordElement(tx, { engine, upstream }, elementId) {
      if (upstream === undefined) return;
      const kept = recordsOf(engine);
      if (kept === undefined) throw new Error(`nobody keeps what the engine '${engine}' has made elsewhere`);
      await kept.recordElement(tx, upstream, elementId);
    },
    async tidy(signal) {
      for (const engine of elements) await engine.tidy?.(signal);
    },
    async close() {
      await Promise.all([...elements, ...videos].map((engine) => engine.close()));
    },
  };
}

function find<E extends { name: string }>(engines: readonly E[], name: string): E {
  const engine = engines.find((one) => one.name === name);
  if (engine === undefined) throw engineAbsent(name);
  return engine;
}
