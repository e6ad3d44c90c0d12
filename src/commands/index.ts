import type { Commands } from '../../cli/index.ts';
import { topUpCommand } from './credits-top-up.ts';
import { adoptElementCommand } from './elements-adopt.ts';
import { buildElementCommand } from './elements-build.ts';
import { createKeyCommand } from './keys-create.ts';
import { deleteKlingElementCommand, listKlingElementsCommand, listKlingPresetsCommand } from './kling-elements.ts';
import { grantKlingVoiceCommand, revokeKlingVoiceCommand } from './kling-voice-grants.ts';
import {
  createKlingVoiceCommand,
  deleteKlingVoiceCommand,
  listKlingPresetVoicesCommand,
  listKlingVoicesCommand,
} from './kling-voices.ts';
import { migrateCommand } from './migrate.ts';
import { addModelCommand } from './models-add.ts';
import { listModelsCommand } from './models-list.ts';
import { removeModelCommand } from './models-remove.ts';
import { adoptStorageCommand } from './storage-adopt.ts';
import { restoreStorageCommand } from './storage-restore.ts';

/** Commands that need the server's own machine. Everything else goes through the API, like any other client. */
export const serverCommands: Commands = {
  migrate: migrateCommand,
  'keys create': createKeyCommand,
  'credits top-up': topUpCommand,
  'elements build': buildElementCommand,
  'elements adopt': adoptElementCommand,
  'kling elements list': listKlingElementsCommand,
  'kling elements presets': listKlingPresetsCommand,
  'kling elements delete': deleteKlingElementCommand,
  'kling voices list': listKlingVoicesCommand,
  'kling voices presets': listKlingPresetVoicesCommand,
  'kling voices create': createKlingVoiceCommand,
  'kling voices delete': deleteKlingVoiceCommand,
  'kling voices grant': grantKlingVoiceCommand,
  'kling voices revoke': revokeKlingVoiceCommand,
  'storage adopt': adoptStorageCommand,
  'storage restore': restoreStorageCommand,
  'models add': addModelCommand,
  'models list': listModelsCommand,
  'models remove': removeModelCommand,
};
