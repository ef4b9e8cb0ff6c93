import {
  testState,
  TestStateError,
  type Json,
  type JsonObject,
  type TestStateCall,
  type TestStatePorts,
} from '../../core/interpreter/index.ts';
import { AwsError } from '../http/awsError.ts';
import { isMembers, type Input, type Members } from '../http/input.ts';

/** TestState: runs one state of a definition; a Task state through what is here, or answered by a mock. */
export async function testStateOperation(input: Input, real: TestStatePorts): Promise<Members> {
  try {
    const { status, output, error, cause, nextState, inspectionData } = await testState(callOf(input), real);
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
  const given = {
    input: jsonIn(input, 'input'),
    variables: objectIn(input, 'variables'),
    context: objectIn(input, 'context'),
    inspectionLevel: input.optionalWord('inspectionLevel', ['INFO', 'DEBUG', 'TRACE']),
    stateName: input.optionalText('stateName'),
    roleArn: input.optionalText('roleArn'),
    revealSecrets: input.optionalBoolean('revealSecrets'),
    mock: input.optionalObject('mock')?.members,
    stateConfiguration: input.optionalObject('stateConfiguration')?.members,
  };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const definition = objectIn(input, 'definition');
  if (!definition)
    throw input.invalid(
      "1 validation error detected: Value at 'definition' failed to satisfy constraint: Member must not be null",
    );
  return { ...set, definition };
}

function objectIn(input: Input, name: string): JsonObject | undefined {
  const value = jsonIn(input, name);
  if (value === undefined || isMembers(value)) return value;
  throw new AwsError(codeOf(name), `Invalid ${name}: it is not a JSON object.`);
}

function codeOf(name: string): string {
  return name === 'definition' ? 'InvalidDefinition' : 'InvalidExecutionInput';
}

function jsonIn(input: Input, name: string): Json | undefined {
  const text = input.optionalText(name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new AwsError(codeOf(name), `Invalid ${name}: ${error instanceof Error ? error.message : String(error)}`);
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
