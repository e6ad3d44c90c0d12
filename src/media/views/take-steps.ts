import { startEarly } from '../../lib/start-early.ts';
import type { Progress } from '../progress.ts';
import { jointSteps, viewSteps } from './steps.ts';
import type { Background, BuildState, StepTools } from './view.ts';

/** Share of the view steps in all of them, in time. */
const viewShare = 0.2;

/**
 * Takes the steps of `views/steps.ts`, in their order; those marked so go on beside the following ones. `createTools` is
 * asked once for each step and view. When a step fails, nothing is being written any more by the time this throws.
 */
export async function takeSteps(
  state: BuildState,
  createTools: () => StepTools,
  report: (progress: Progress) => void,
): Promise<void> {
  const running: Promise<void>[] = [];
  try {
    for (const [at, view] of state.views.entries()) {
      for (const entry of viewSteps) {
        report({ fraction: (viewShare * at) / state.views.length, step: stepOf(entry).name, param: view.param });
        await take(entry, (step) => step(view, createTools()), running);
      }
    }
    for (const [at, entry] of jointSteps.entries()) {
      const fraction = viewShare + ((1 - viewShare) * at) / jointSteps.length;
      report({ fraction, step: stepOf(entry).name, param: state.views[0]?.param });
      await take(entry, (step) => step(state, createTools()), running);
    }
    await Promise.all(running);
  } finally {
    await Promise.allSettled(running);
  }
}

async function take<Step extends (...given: never[]) => unknown>(
  entry: Step | Background<Step>,
  call: (step: Step) => Promise<void> | void,
  running: Promise<void>[],
): Promise<void> {
  const done = startEarly(Promise.resolve(call(stepOf(entry))));
  if (typeof entry === 'function') return done;
  running.push(done);
}

function stepOf<Step extends (...given: never[]) => unknown>(entry: Step | Background<Step>): Step {
  return typeof entry === 'function' ? entry : entry.beside;
}
