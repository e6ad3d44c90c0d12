import type { Architecture, ModelTask, PictureInput } from '../architecture.ts';
import { ambiguousModel, unfitModel, unknownArchitecture } from '../errors.ts';
import { architectures, findArchitecture } from './architectures.ts';
import { refusedModels } from './refused-models.ts';
import { type ModelSignature, presentShape, presentSignature, type TensorFacts } from './signature.ts';

/**
 * The architecture of a model by its inputs and outputs: the named one when it fits, also with open sides; else the one of
 * the task that fits most closely. Throws `service_error` with what was found and what was expected, or with the ones to choose among
 * where several fit alike, or where only open sides do.
 */
export function chooseArchitecture(signature: ModelSignature, task: ModelTask, id?: string): Architecture {
  const candidates = id === undefined ? architectures.filter((one) => one.task === task) : [getArchitecture(id, task)];
  const fitting = candidates.filter((one) => fits(one, signature));
  const rank = (one: Architecture) => rankFit(one, signature);
  const sure = fitting.filter((one) => id !== undefined || !(isGuess(one, signature) || one.isNamedOnly));
  const best = Math.max(...sure.map(rank));
  const chosen = sure.filter((one) => rank(one) === best);
  if (chosen.length > 1) throw ambiguousModel(chosen.map((one) => one.id));
  if (chosen[0] !== undefined) return chosen[0];
  if (fitting.length > 0) throw ambiguousModel(fitting.map((one) => one.id));
  throw unfitModel(presentSignature(signature), candidates.map(presentExpectation));
}

/** The architecture of that id. Throws `service_error` when it is unknown, refused, or of another task. */
export function getArchitecture(id: string, task: ModelTask): Architecture {
  const found = findArchitecture(id);
  const known = architectures.filter((one) => one.task === task).map((one) => one.id);
  if (found?.task !== task) throw unknownArchitecture(id, task, known, refusedModels[id.toLowerCase()]);
  return found;
}

/** `u2net: input [1, 3, 320, 320], output [1, 1, 320, 320]`. */
function presentExpectation(architecture: Architecture): string {
  const { input } = architecture;
  const outputs = listExpectedOutputs(architecture).map(({ names, shape }) => `${quote(names)}${presentShape(shape)}`);
  const sides = input.anySide ? ' (or other sides)' : '';
  return `${architecture.id}: input ${quote(input.names)}float32 ${presentShape(inputShape(input))}${sides}, output ${outputs.join(', ')}`;
}

interface ExpectedOutput {
  names?: readonly string[] | undefined;
  shape: readonly (number | null)[];
}

function listExpectedOutputs(architecture: Architecture): readonly ExpectedOutput[] {
  switch (architecture.task) {
    case 'matting':
      return [{ names: architecture.output.names, shape: mattShape(architecture.input) }];
    case 'embedding':
      return [
        {
          names: architecture.output.names,
          shape: architecture.output.read === 'whole' ? [1, null] : [1, null, null],
        },
      ];
    case 'faces':
      return architecture.outputs;
  }
}

function mattShape(input: PictureInput): (number | null)[] {
  return input.anySide ? [1, 1, null, null] : [1, 1, input.height, input.width];
}

function inputShape({ layout, height, width }: PictureInput): number[] {
  return layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3];
}

function fits(architecture: Architecture, { inputs, outputs }: ModelSignature): boolean {
  const [input] = inputs;
  if (input === undefined || inputs.length > 1 || !isFloat(input)) return false;
  if (architecture.input.names?.includes(input.name) === false) return false;
  if (!fitsShape(input.shape, openSides(architecture.input))) return false;
  return listExpectedOutputs(architecture).every(({ names, shape }) => {
    const output = findOutput(outputs, names);
    return output !== undefined && isFloat(output) && fitsShape(output.shape, shape);
  });
}

/** Half precision is written and read as well. */
function isFloat({ type }: TensorFacts): boolean {
  return type === 'float32' || type === 'float16';
}

/** A model of open sides says nothing for an architecture of fixed ones. */
function isGuess({ input }: Architecture, { inputs }: ModelSignature): boolean {
  return !input.anySide && (inputs[0]?.shape.slice(1).includes(null) ?? true);
}

function openSides(input: PictureInput): (number | null)[] {
  if (!input.anySide) return inputShape(input);
  return input.layout === 'NCHW' ? [1, 3, null, null] : [1, null, null, 3];
}

/** The output that goes by one of the names; the first one where none is asked for. */
function findOutput(outputs: readonly TensorFacts[], names?: readonly string[]): TensorFacts | undefined {
  return names === undefined ? outputs[0] : outputs.find(({ name }) => names.includes(name));
}

/** Whether every side that both know is the same. A shape without any sides is one that the model doesn't tell. */
function fitsShape(found: readonly (number | null)[], expected: readonly (number | null)[]): boolean {
  if (found.length === 0) return true;
  if (found.length !== expected.length) return false;
  return found.every((side, at) => side === null || expected[at] === null || side === expected[at]);
}

/** How much of an architecture a model that fits it had to match by name or by fixed sides. */
function rankFit(architecture: Architecture, { inputs }: ModelSignature): number {
  const named = listExpectedOutputs(architecture).filter(({ names }) => names !== undefined).length;
  const { names, usualNames, anySide } = architecture.input;
  // Of a usual name the output is one too.
  const usual = usualNames?.includes(inputs[0]?.name ?? '') ? 2 : 0;
  return named + usual + (names === undefined ? 0 : 1) + (anySide ? 0 : 1);
}

function quote(names: readonly string[] | undefined): string {
  return names === undefined ? '' : `'${names.join("' or '")}' `;
}
