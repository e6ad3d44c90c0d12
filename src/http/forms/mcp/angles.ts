import { Type } from 'typebox';
import { chooseAngles, orderAngles } from '../../../flow/index.ts';
import { TaskShape, waitField } from './shapes.ts';
import { answerTask, submitTask } from './tasks.ts';
import { defineTool } from './tool.ts';

const element_id = Type.String({ pattern: '^[1-9][0-9]{15}$', description: '16 digits, of list_elements.' });

export const createAnglesTool = defineTool({
  name: 'create_angles',
  title: 'Make further views of an element',
  description:
    'What the frontal picture of an element shows, from other sides: nine pictures in three sets, of which choose_angles makes a new element. Shows the ' +
    'first picture of each set. Costs credits (estimate_cost with kling-image-angles tells how many). Made by the Kling API alone.',
  effect: 'spends',
  input: Type.Object({ element_id, wait_seconds: waitField(50) }, { additionalProperties: false }),
  output: TaskShape,
  async run(call, { element_id, wait_seconds = 50 }) {
    const order = { caller: call.caller, elementId: element_id, idempotencyKey: null };
    return await answerTask(call, await submitTask(call, wait_seconds, () => orderAngles(call.context, order)));
  },
});

export const chooseAnglesTool = defineTool({
  name: 'choose_angles',
  title: 'Make an element of a set of further views',
  description:
    'A new element of the frontal picture of one and of a set of create_angles; the first element stays. Costs what create_element does.',
  effect: 'spends',
  input: Type.Object(
    {
      element_id,
      task_id: Type.String({ maxLength: 64, description: 'Of create_angles.' }),
      set: Type.Integer({ minimum: 0, maximum: 99, description: 'As image_sets numbers them, from 0.' }),
      name: Type.Optional(
        Type.String({ minLength: 1, maxLength: 20, description: 'Default: that of the first element.' }),
      ),
      description: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      wait_seconds: waitField(50),
    },
    { additionalProperties: false },
  ),
  output: TaskShape,
  async run(call, { element_id, task_id, set, name, description, wait_seconds = 50 }) {
    const choice = {
      caller: call.caller,
      elementId: Number(element_id),
      taskId: task_id,
      set,
      element_name: name,
      element_description: description,
      idempotencyKey: null,
    };
    return await answerTask(call, await submitTask(call, wait_seconds, () => chooseAngles(call.context, choice)));
  },
});
