import type { Reporter, TestCase } from 'vitest/node';

/** Names the tests that passed only at a further try (`--retry`): each of them is a race, here or in the program, to be found. */
export class TellRetried implements Reporter {
  #retried: string[] = [];

  onTestCaseResult(test: TestCase): void {
    const { retryCount = 0 } = test.diagnostic() ?? {};
    if (retryCount === 0) return;
    const errors = test.result().errors?.map(({ message }) => message.split('\n', 1)[0]) ?? [];
    this.#retried.push([`${test.module.relativeModuleId} > ${test.fullName}`, ...errors].join('\n    '));
  }

  onTestRunEnd(): void {
    if (this.#retried.length === 0) return;
    process.stdout.write(
      `\nTests that passed or failed only at a further try, ${this.#retried.length}:\n  ${this.#retried.join('\n  ')}\n`,
    );
  }
}
