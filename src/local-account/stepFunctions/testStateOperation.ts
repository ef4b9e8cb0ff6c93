import {
  testState,
  TestStateError,
  type Json,
  type JsonObject,
  type TestStateCall,
} from '../../core/interpreter/index.ts';
import { AwsError } from '../http/awsError.ts';
import type { Input, Members } from '../http/input.ts';

/** TestState: runs one state of a definition, its service calls answered by a mock. */
export async function testStateOperation(input: Input): Promise<Members> {
  const mock = input.optionalObject('mock');
  if (!mock && /"Type"\s*:\s*"Task"/.test(input.text('definition'))) {
    throw input.invalid('The local account tests Task states with a mock only: give "mock" with a result or an error.');
  }
  try {
    const { status, output, error, cause, nextState, inspectionData } = await testState(callOf(input));
    return {
      status,
      output: output === undefined ? undefined : JSON.stringify(output),
      error,
      cause,
      nextState,
      inspectionData: inspectionData && inspectionTexts(inspectionData),
    };
  } catch (thrown) {
    if (thrown instanceof TestStateError) throw new AwsError(thrown.code, thrown.message);
    throw thrown;
  }
}

function callOf(input: Input): TestStateCall {
  const variables = jsonIn(input, 'variables');
  const context = jsonIn(input, 'context');
  const given = {
    input: jsonIn(input, 'input'),
    variables: variables as JsonObject | undefined,
    context: context as JsonObject | undefined,
    inspectionLevel: input.optionalWord('inspectionLevel', ['INFO', 'DEBUG', 'TRACE']),
    stateName: input.optionalText('stateName'),
    roleArn: input.optionalText('roleArn'),
    revealSecrets: input.optionalBoolean('revealSecrets'),
    mock: input.optionalObject('mock')?.members,
    stateConfiguration: input.optionalObject('stateConfiguration')?.members,
  };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...set, definition: jsonIn(input, 'definition') as JsonObject };
}

function jsonIn(input: Input, name: string): Json | undefined {
  const text = input.optionalText(name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const code = name === 'definition' ? 'InvalidDefinition' : 'InvalidExecutionInput';
    throw new AwsError(code, `Invalid ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The API writes what it inspected as JSON text, counts and indices as numbers. */
function inspectionTexts(data: JsonObject): Members {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      ['errorDetails', 'request', 'response'].includes(name) || typeof value === 'string' || typeof value === 'number'
        ? value
        : JSON.stringify(value),
    ]),
  );
}
