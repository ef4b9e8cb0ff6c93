import type { StateTest, StateTestResult } from '../../aws/stepFunctions/api.ts';
import { UserError } from '../../core/base/userError.ts';
import { testState, TestStateError, type Json, type JsonObject } from '../../core/interpreter/index.ts';

/**
 * Runs one state as TestState does, without an account: a Task, Map or Parallel needs a mock. Rejects with `bad-input`
 * where the definition or the mock cannot be used.
 */
export async function testOnThisMachine(test: StateTest): Promise<StateTestResult> {
  const { definition, stateName, input, variables, context, inspectionLevel, mock, stateConfiguration } = test;
  try {
    const { inspectionData = {}, ...result } = await testState({
      definition: object(parse(definition, 'The definition is not JSON', 'Put its syntax right first.')),
      stateName,
      input: parse(input, 'The input is not JSON', 'Change the input and test again.'),
      inspectionLevel,
      ...(variables !== undefined && {
        variables: object(parse(variables, 'The variables are not JSON', 'Change them and test again.')),
      }),
      ...(context !== undefined && {
        context: object(parse(context, 'The context object is not JSON', 'Change it and test again.')),
      }),
      ...(mock && { mock }),
      ...(stateConfiguration && { stateConfiguration }),
    });
    return { ...result, inspection: inspectionData };
  } catch (error) {
    if (!(error instanceof TestStateError)) throw error;
    throw new UserError('bad-input', `${stateName} cannot be tested: ${error.message}`, helpFor(error.message), {
      cause: error,
    });
  }
}

function parse(text: string, what: string, help: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new UserError('bad-input', `${what}: ${(error as Error).message}.`, help, { cause: error });
  }
}

/** Whatever is no object has no states and no variables. */
function object(value: Json): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function helpFor(message: string): string {
  if (/mock/i.test(message)) return 'Give a mock as the API of the service answers, and test again.';
  return 'The Problems view says what is wrong with the definition.';
}
