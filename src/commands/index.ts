import { type Commands, remoteRuns } from '../../cli/index.ts';
import { createAccountCommand, listAccountsCommand } from './accounts.ts';
import { listAuditLinesCommand } from './audit-list.ts';
import { backupCommand } from './backup.ts';
import { listCallbackSecretsCommand, rotateCallbackSecretCommand } from './callback-secrets.ts';
import { topUpCommand, withdrawCommand } from './credits-move.ts';
import { moveDatabaseCommand } from './database-move.ts';
import { doctorCommand } from './doctor.ts';
import { adoptElementCommand } from './elements-adopt.ts';
import { buildElementCommand } from './elements-build.ts';
import { deleteKeyCommand, disableKeyCommand, editKeyCommand, enableKeyCommand } from './keys-change.ts';
import { createKeyCommand } from './keys-create.ts';
import { listKeysCommand } from './keys-list.ts';
import { deleteKlingElementCommand, listKlingElementsCommand, listKlingPresetsCommand } from './kling-elements.ts';
import { checkKlingCommand, klingStatusCommand } from './kling-reports.ts';
import { grantKlingVoiceCommand, revokeKlingVoiceCommand } from './kling-voice-grants.ts';
import {
  createKlingVoiceCommand,
  deleteKlingVoiceCommand,
  listKlingPresetVoicesCommand,
  listKlingVoicesCommand,
} from './kling-voices.ts';
import { checkLedgerCommand, listTransfersCommand } from './ledger.ts';
import { migrateCommand } from './migrate.ts';
import { orRemote } from './or-remote.ts';
import { addPluginCommand } from './plugins-add.ts';
import { listPluginsCommand } from './plugins-list.ts';
import { removePluginCommand } from './plugins-remove.ts';
import { restoreCommand } from './restore.ts';
import { adoptStorageCommand } from './storage-adopt.ts';
import { restoreStorageCommand } from './storage-restore.ts';

/**
 * Commands on the database or the files of the server's own machine; some do the same over the API with `--remote`.
 * Everything else goes through the API, like any other client.
 */
export const serverCommands: Commands = {
  migrate: migrateCommand,
  'database move': moveDatabaseCommand,
  backup: backupCommand,
  restore: restoreCommand,
  'keys create': orRemote(createKeyCommand, remoteRuns['keys create']),
  'keys list': orRemote(listKeysCommand, remoteRuns['keys list']),
  'keys edit': orRemote(editKeyCommand, remoteRuns['keys edit']),
  'keys disable': orRemote(disableKeyCommand, remoteRuns['keys disable']),
  'keys enable': orRemote(enableKeyCommand, remoteRuns['keys enable']),
  'keys delete': orRemote(deleteKeyCommand, remoteRuns['keys delete']),
  'callback-secrets list': listCallbackSecretsCommand,
  'callback-secrets rotate': rotateCallbackSecretCommand,
  'accounts list': orRemote(listAccountsCommand, remoteRuns['accounts list']),
  'accounts create': orRemote(createAccountCommand, remoteRuns['accounts create']),
  'credits top-up': orRemote(topUpCommand, remoteRuns['credits top-up']),
  'credits withdraw': orRemote(withdrawCommand, remoteRuns['credits withdraw']),
  'credits transfers': orRemote(listTransfersCommand, remoteRuns['credits transfers']),
  'ledger check': orRemote(checkLedgerCommand, remoteRuns['ledger check']),
  doctor: orRemote(doctorCommand, remoteRuns.doctor),
  'audit list': listAuditLinesCommand,
  'elements build': buildElementCommand,
  'elements adopt': adoptElementCommand,
  'kling check': orRemote(checkKlingCommand, remoteRuns['kling check']),
  'kling status': orRemote(klingStatusCommand, remoteRuns['kling status']),
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
