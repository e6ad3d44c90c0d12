import type { EngineRecords } from '../engines/index.ts';
import { engineName } from './config.ts';
import { bindElement } from './elements/binding-queries.ts';
import { forgetAtKling } from './elements/delete-element.ts';
import { abandonTask, toPurpose } from './tasks/abandon-task.ts';
import { deleteForgotten, markForgotten } from './tasks/forgotten-queries.ts';
import { listPaidVideos } from './tasks/unwanted-queries.ts';

/** What the database says of tasks and elements at the Kling API. Needs no credentials. */
export const klingRecords: EngineRecords = {
  engine: engineName,
  abandon: abandonTask,
  forgetElement: forgetAtKling,
  async listPaid(db, tasks) {
    const videos = tasks.filter(({ kind }) => toPurpose(kind) === 'video').map(({ id }) => id);
    return videos.length === 0 ? [] : await listPaidVideos(db, videos);
  },
  forgetTasks: markForgotten,
  deleteForgotten,
  async recordElement(tx, upstream, element_id) {
    await bindElement(tx, { ...upstream, element_id, origin: 'created' });
  },
};
