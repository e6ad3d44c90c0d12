import { listModels } from '../client/index.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const modelsCommand: Command = {
  summary: 'Lists the models that the key may use, with their prices.',
  options: { json: { type: 'boolean', describe: 'print one JSON array' } },
  async run(values, environment) {
    const models = await listModels(openClient(environment));
    const lines = models.map(({ id, credits, billing_rule, description }) => {
      const unit = billing_rule.replace('per_', 'a ');
      return `${id}  ${credits} credits ${unit}\n  ${description}\n`;
    });
    process.stdout.write(values.json ? `${JSON.stringify(models)}\n` : lines.join(''));
    return 0;
  },
};
