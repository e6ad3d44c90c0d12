import { join, resolve } from 'node:path';
import type { Config } from './config.ts';

/** Where added models lie, and perhaps the runtime for them. Absolute. */
export function findModelsFolder({ dataFolder }: Pick<Config, 'dataFolder'>): string {
  return join(resolve(dataFolder), 'models');
}
