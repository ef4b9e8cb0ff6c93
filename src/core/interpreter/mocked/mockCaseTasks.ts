import type { Json } from '../json.ts';
import type { TaskRequest } from '../ports.ts';
import { TaskFailure, TaskTimeout } from '../taskFailure.ts';
import type { MockCase } from './mockConfig.ts';

/** Answers the states of one execution, with its child executions, from a test case; counts the calls of each state. */
export class MockCaseTasks {
  readonly #calls = new Map<string, number>();

  constructor(private readonly testCase: MockCase) {}

  has(stateName: string): boolean {
    return this.testCase.has(stateName);
  }

  /** The answer to this call of a state that the test case has. Rejects with `TaskFailure` or `TaskTimeout`. */
  async answer(request: TaskRequest): Promise<Json> {
    const { stateName, target } = request;
    const call = this.#calls.get(stateName) ?? 0;
    this.#calls.set(stateName, call + 1);
    request.started();
    await Promise.resolve();
    const response = this.testCase.get(stateName)?.find(({ from, to }) => from <= call && call <= to);
    if (!response) {
      throw new TaskFailure(
        'Sluice.MockMissing',
        `The mocked response of the state '${stateName}' has no answer to its call "${call}" (calls are counted from 0 within an execution). Add "${call}", or a range that holds it, to the response.`,
      );
    }
    if (response.kind === 'throw') {
      throw response.error === 'States.Timeout'
        ? new TaskTimeout(response.cause)
        : new TaskFailure(response.error, response.cause);
    }
    if (target.kind === 'service' && target.pattern !== 'request') request.submitted(response.result);
    return response.result;
  }
}
