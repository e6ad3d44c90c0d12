import type { FastifyInstance } from 'fastify';
import type { Door, Form } from '../form.ts';
import { presentRefusal } from './present-error.ts';
import { registerAccounts } from './routes/accounts.ts';
import { registerAngles } from './routes/angles.ts';
import { registerCallbackSecrets } from './routes/callback-secrets.ts';
import { registerCallbacks } from './routes/callbacks.ts';
import { registerCatalog } from './routes/catalog.ts';
import { registerCredits } from './routes/credits.ts';
import { registerCutouts } from './routes/cutouts.ts';
import { registerDoctor } from './routes/doctor.ts';
import { registerElementArchives } from './routes/element-archives.ts';
import { registerElementEdits } from './routes/element-edits.ts';
import { registerElements } from './routes/elements.ts';
import { registerEvents } from './routes/events.ts';
import { registerGenerations } from './routes/generations.ts';
import { registerKeys } from './routes/keys.ts';
import { registerKling } from './routes/kling.ts';
import { registerModels } from './routes/models.ts';
import { registerStoredFiles } from './routes/stored-files.ts';
import { registerTasks } from './routes/tasks.ts';
import { registerTransfers } from './routes/transfers.ts';
import { registerUploads } from './routes/uploads.ts';
import { registerUsage } from './routes/usage.ts';
import { registerVoices } from './routes/voices.ts';

/** The main form: that of the hosted gateway, with all that this server has beside it. */
export const gateway: Form = {
  name: 'gateway',
  presentError: presentRefusal,
  // What belongs to no other form is told in this one.
  hasPath: () => true,
  register: registerGateway,
};

async function registerGateway(app: FastifyInstance, { context, settings, streams, places }: Door): Promise<void> {
  registerGenerations(app, context);
  registerTasks(app, context, streams);
  registerEvents(app, context, streams);
  registerCallbacks(app, context);
  registerCallbackSecrets(app, context);
  registerElements(app, context);
  registerElementEdits(app, context);
  registerCutouts(app, context);
  registerAngles(app, context);
  await registerElementArchives(app, context, settings, places);
  registerUploads(app, context, settings, places);
  registerStoredFiles(app, context);
  registerCredits(app, context);
  registerModels(app, context);
  registerKeys(app, context);
  registerAccounts(app, context);
  registerCatalog(app, context);
  registerTransfers(app, context);
  registerUsage(app, context);
  registerKling(app, context);
  registerDoctor(app, context);
  registerVoices(app, context, streams);
}
