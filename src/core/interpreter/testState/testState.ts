import type { Exit } from '../dataFlow.ts';
import { findCatcher, leaveByCatcher, planRetry } from '../errorHandling.ts';
import type { Frame } from '../frame.ts';
import type { Json, JsonObject } from '../json.ts';
import { hashText } from '../mocked/hashText.ts';
import type { InterpreterPorts } from '../ports.ts';
import { MockedTasks, type TaskMock } from '../mocked/mockedTasks.ts';
import { SkippingClock } from '../mocked/skippingClock.ts';
import { StateError } from '../stateError.ts';
import { newExecution } from '../startExecution.ts';
import { stateTypeOf } from '../states/index.ts';
import { StopGroup } from '../stopGroup.ts';
import { Visit, type Inspect } from '../visit.ts';
import { checkCall, type TestedState, type TestStateCall } from './call.ts';
import { runMockedMap, runMockedParallel } from './mockedStates.ts';

export interface TestStateResult {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  /** Values by the API's names, parsed; at inspection level INFO none. */
  readonly inspectionData?: JsonObject;
}

/** What runs a Task state that has no mock. */
export type TestStatePorts = Pick<InterpreterPorts, 'clock' | 'tasks'>;

/**
 * Runs one state of a definition as the TestState API does; a Task without a mock through `real`, or with the result that
 * the call gives. Throws `TestStateError` where the API refuses the call.
 */
export async function testState(call: TestStateCall, real?: TestStatePorts): Promise<TestStateResult> {
  const tested = checkCall(call);
  const seen: Record<string, Json> = { input: call.input ?? {} };
  const inspect = (name: string, value: Json): void => void (seen[name] = value);
  const visit = visitOf(call, tested, { inspect, ...(call.mock ? {} : real) });
  const result = await outcome(call, tested, visit);
  const { errorDetails, ...reported } = result;
  if ((call.inspectionLevel ?? 'INFO') === 'INFO') return reported;
  return { ...reported, inspectionData: { ...seen, ...(errorDetails && { errorDetails }) } };
}

type Outcome = TestStateResult & { readonly errorDetails?: JsonObject };

async function outcome(call: TestStateCall, tested: TestedState, visit: Visit): Promise<Outcome> {
  try {
    const exit = await run(call, tested, visit);
    return { status: 'SUCCEEDED', output: exit.output, ...nextOf(exit) };
  } catch (thrown) {
    if (!(thrown instanceof StateError)) throw thrown;
    return await failed(call, visit, thrown);
  }
}

async function failed(call: TestStateCall, visit: Visit, error: StateError): Promise<Outcome> {
  const problem = {
    ...(error.error !== undefined && { error: error.error }),
    ...(error.cause !== undefined && { cause: error.cause }),
  };
  const taken = call.stateConfiguration?.retrierRetryCount ?? 0;
  const retriers = Array.isArray(visit.state['Retry']) ? visit.state['Retry'].length : 0;
  const plan = planRetry(
    visit.state,
    error,
    Array.from({ length: retriers }, () => taken),
  );
  const retryDetails = plan && { retryIndex: plan.index };
  if (plan && !plan.isExhausted) {
    const errorDetails = { ...retryDetails, retryBackoffIntervalSeconds: plan.delaySeconds };
    return { status: 'RETRIABLE', ...problem, errorDetails };
  }
  const found = findCatcher(visit.state, error);
  if (!found) return { status: 'FAILED', ...problem, ...(retryDetails && { errorDetails: retryDetails }) };
  const exit = await leaveByCatcher(visit, found, error);
  return {
    status: 'CAUGHT_ERROR',
    output: exit.output,
    ...problem,
    ...nextOf(exit),
    errorDetails: { ...retryDetails, catchIndex: found.index },
  };
}

function nextOf(exit: Exit): { nextState?: string } {
  return exit.next === undefined ? {} : { nextState: exit.next };
}

async function run(call: TestStateCall, tested: TestedState, visit: Visit): Promise<Exit> {
  const configuration = call.stateConfiguration ?? {};
  if (call.mock && tested.type === 'Map') {
    return await runMockedMap(visit, { mock: call.mock, result: tested.mockedResult, configuration });
  }
  if (call.mock && tested.type === 'Parallel') {
    return await runMockedParallel(visit, { mock: call.mock, result: tested.mockedResult, configuration });
  }
  return await visit.stateType.run(visit);
}

function visitOf(
  call: TestStateCall,
  tested: TestedState,
  given: Partial<TestStatePorts> & { readonly inspect: Inspect },
): Visit {
  const input = call.input ?? {};
  const clock = given.clock ?? new SkippingClock(Date.now());
  const machineName = crypto.randomUUID();
  const executionName = crypto.randomUUID();
  const prefix = 'arn:aws:states:us-east-1:111111111111';
  const identity = {
    executionArn: `${prefix}:express:${machineName}:${executionName}`,
    executionName,
    stateMachineArn: `${prefix}:stateMachine:${machineName}`,
    stateMachineName: machineName,
    roleArn: call.roleArn ?? 'arn:aws:iam::111111111111:role/TestState',
  };
  const execution = newExecution(
    {
      definition: tested.machine,
      input,
      type: 'EXPRESS',
      identity,
      ports: {
        clock,
        tasks: given.tasks ?? new MockedTasks({ [tested.name]: [taskMock(call, tested)] }),
        random: () => Math.random(),
        uuid: () => crypto.randomUUID(),
        hash: hashText,
      },
    },
    () =>
      call.context ?? {
        Execution: {
          Id: identity.executionArn,
          Input: input,
          Name: executionName,
          RoleArn: identity.roleArn,
          StartTime: new Date(clock.now()).toISOString(),
        },
        StateMachine: { Id: identity.stateMachineArn, Name: machineName },
      },
  );
  const frame: Frame = {
    execution,
    isInner: false,
    stop: new StopGroup(),
    previousEventId: 0,
    variables: call.variables ?? {},
    iteration: [],
  };
  return new Visit(frame, tested.name, tested.state, {
    stateType: stateTypeOf(tested.type),
    input,
    time: clock.now(),
    inspect: given.inspect,
  });
}

function taskMock(call: TestStateCall, tested: TestedState): TaskMock {
  const { mock, taskResult } = call;
  if (tested.mockedResult !== undefined) return { output: tested.mockedResult };
  if (mock?.errorOutput) return { error: mock.errorOutput.error ?? null, cause: mock.errorOutput.cause ?? null };
  if (taskResult?.error !== undefined) return { error: taskResult.error, cause: taskResult.cause ?? null };
  return { output: taskResult?.output ?? null };
}
