import { UserError } from '../../core/base/userError.ts';
import type { StateTest, StateTestResult } from './api.ts';
import { defined } from '../defined.ts';
import type { StepFunctionsCalls } from './stepFunctions.ts';

/** TestState waits for the service that a Task calls, up to five minutes. */
const testTimeoutMs = 330_000;

/** Calls TestState once: a Task without a mock does something, so that an answer that is lost is not asked for again. */
export async function testState(
  calls: StepFunctionsCalls,
  test: StateTest,
  signal: AbortSignal | undefined,
): Promise<StateTestResult> {
  const { status, output, error, cause, nextState, inspectionData } = await calls.call(
    'TestState',
    { ...test },
    { signal, isSentOnce: test.mock === undefined, timeoutMs: testTimeoutMs },
  );
  if (!isStatus(status)) {
    const help = 'The endpoint may not have TestState as AWS has it. Test the state on this machine instead.';
    throw new UserError('endpoint-invalid', `The answer to TestState has a status that is not known.`, help);
  }
  return {
    status,
    ...defined({ error, cause, nextState }),
    ...(output !== undefined && { output: parsed(output) }),
    inspection: Object.fromEntries(
      Object.entries(inspectionData ?? {}).map(([name, value]: [string, unknown]) => [
        name,
        typeof value === 'string' ? parsed(value) : value,
      ]),
    ),
  };
}

const statuses = ['SUCCEEDED', 'FAILED', 'RETRIABLE', 'CAUGHT_ERROR'] as const;

function isStatus(status: string | undefined): status is (typeof statuses)[number] {
  return statuses.some((known) => known === status);
}

/** A JSON text's value; the text itself where it is none, as what is cut off at 256 KiB. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
