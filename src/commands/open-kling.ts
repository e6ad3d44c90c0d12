import pino from 'pino';
import { type Config, chooseNetworkOptions } from '../config.ts';
import type { Db } from '../db/index.ts';
import { createLocalEngine } from '../engines/index.ts';
import { createKling, createKlingNetwork, hasKlingCredentials, type Kling, listAccounts } from '../kling/index.ts';
import { createMedia } from '../media/index.ts';

/** The engine of the Kling accounts that the settings name, for a command. Throws when they name none. */
export function openKling(config: Config, db: Db): { kling: Kling; close(): Promise<void> } {
  if (!hasKlingCredentials(config.kling)) throw new Error('the settings have no credentials for the Kling API');
  const media = createMedia(config.media);
  const kling = createKling({
    db,
    media,
    clock: { now: () => new Date() },
    settings: config.kling,
    log: pino({ level: config.logLevel }, pino.destination(2)),
    localElements: createLocalEngine(media),
    network: createKlingNetwork(listAccounts(config.kling), chooseNetworkOptions(config)),
    publicUrl: config.flow.publicUrl,
    canPublish: false,
  });
  return {
    kling,
    async close() {
      await kling.close();
      await media.close();
    },
  };
}
