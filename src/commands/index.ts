import type { Commands } from '../../cli/index.ts';
import { createAccountCommand, listAccountsCommand } from './accounts.ts';
import { listAuditLinesCommand } from './audit-list.ts';
import { listCallbackSecretsCommand, rotateCallbackSecretCommand } from './callback-secrets.ts';
import { topUpCommand, withdrawCommand } from './credits-move.ts';
import { adoptElementCommand } from './elements-adopt.ts';
import { buildElementCommand } from './elements-build.ts';
import { deleteKeyCommand, disableKeyCommand, editKeyCommand, enableKeyCommand } from './keys-change.ts';
import { createKeyCommand } from './keys-create.ts';
import { listKeysCommand } from './keys-list.ts';
import { deleteKlingElementCommand, listKlingElementsCommand, listKlingPresetsCommand } from './kling-elements.ts';
import { grantKlingVoiceCommand, revokeKlingVoiceCommand } from './kling-voice-grants.ts';
import {
  createKlingVoiceCommand,
  deleteKlingVoiceCommand,
  listKlingPresetVoicesCommand,
  listKlingVoicesCommand,
} from './kling-voices.ts';
import { checkLedgerCommand, listTransfersCommand } from './ledger.ts';
import { migrateCommand } from './migrate.ts';
import { addPluginCommand } from './plugins-add.ts';
import { listPluginsCommand } from './plugins-list.ts';
import { removePluginCommand } from './plugins-remove.ts';
import { adoptStorageCommand } from './storage-adopt.ts';
import { restoreStorageCommand } from './storage-restore.ts';

/** Commands that need the server's own machine. Everything else goes through the API, like any other client. */
export const serverCommands: Commands = {
  migrate: migrateCommand,
  'keys create': createKeyCommand,
  'keys list': listKeysCommand,
  'keys edit': editKeyCommand,
  'keys disable': disableKeyCommand,
  'keys enable': enableKeyCommand,
  'keys delete': deleteKeyCommand,
  'callback-secrets list': listCallbackSecretsCommand,
  'callback-secrets rotate': rotateCallbackSecretCommand,
  'accounts list': listAccountsCommand,
  'accounts create': createAccountCommand,
  'credits top-up': topUpCommand,
  'credits withdraw': withdrawCommand,
  'credits transfers': listTransfersCommand,
  'ledger check': checkLedgerCommand,
  'audit list': listAuditLinesCommand,
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
  'plugins add': addPluginCommand,
  'plugins list': listPluginsCommand,
  'plugins remove': removePluginCommand,
};
