import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { parseTarget } from '../states/taskTarget.ts';
import { resultProblem, type FieldValidationMode } from './resultShape.ts';
import { TestStateError } from './testStateError.ts';

/** A TestState call, its JSON texts parsed except those of `mock`. https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html */
export interface TestStateCall {
  /** One state, or a machine of which `stateName` names a state. */
  readonly definition: JsonObject;
  readonly input?: Json;
  readonly inspectionLevel?: 'INFO' | 'DEBUG' | 'TRACE';
  readonly mock?: StateMock;
  /** What the real service answered, where one was called. */
  readonly taskResult?: { readonly output?: Json; readonly error?: string; readonly cause?: string };
  /** Stands for the whole context object. */
  readonly context?: JsonObject;
  readonly variables?: JsonObject;
  readonly stateName?: string;
  readonly stateConfiguration?: StateConfiguration;
  readonly roleArn?: string;
  readonly revealSecrets?: boolean;
}

export interface StateMock {
  /** JSON text. */
  readonly result?: string;
  readonly errorOutput?: { readonly error?: string; readonly cause?: string };
  readonly fieldValidationMode?: FieldValidationMode;
}

export interface StateConfiguration {
  readonly retrierRetryCount?: number;
  readonly errorCausedByState?: string;
  readonly mapIterationFailureCount?: number;
  /** JSON text of the items that the ItemReader read. */
  readonly mapItemReaderData?: string;
}

/** The state under test. */
export interface TestedState {
  readonly name: string;
  readonly state: JsonObject;
  readonly type: string;
  /** Of the machine around it. */
  readonly machine: JsonObject;
  readonly mockedResult?: Json;
}

const TYPES = ['Task', 'Wait', 'Pass', 'Succeed', 'Fail', 'Choice', 'Parallel', 'Map'];
const MOCKABLE = new Set(['Task', 'Map', 'Parallel']);
const CONTEXT_FIELDS = new Set(['Execution', 'State', 'StateMachine', 'Task']);

/** Finds the state of a call and checks all that the API checks before it runs it. Throws `TestStateError`. */
export function checkCall(call: TestStateCall): TestedState {
  if (call.stateName === '') {
    throw new TestStateError(
      'ParamValidationError',
      'Parameter validation failed:\nInvalid length for parameter stateName, value: 0, valid min length: 1',
    );
  }
  const { name, state, path } = locate(call);
  const type = typeof state['Type'] === 'string' ? state['Type'] : '';
  if (!TYPES.includes(type)) {
    throw new TestStateError(
      'InvalidDefinition',
      `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values: [${TYPES.join(', ')}] at ${path}/Type'`,
    );
  }
  checkContext(call.context);
  const mockedResult = checkMock(call, state, type);
  if (!call.mock && (type === 'Map' || type === 'Parallel')) {
    throw new TestStateError(
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  }
  if (!call.mock && !call.taskResult && call.roleArn === undefined && type === 'Task') {
    throw invalid('RoleArn must be specified when testing a Task state');
  }
  return { name, state, type, machine: call.definition, ...(mockedResult !== undefined && { mockedResult }) };
}

function invalid(message: string): TestStateError {
  return new TestStateError('ValidationException', message);
}

function locate(call: TestStateCall): { name: string; state: JsonObject; path: string } {
  const { definition, stateName } = call;
  if (!isJsonObject(definition['States'])) return { name: stateName ?? 'StateName', state: definition, path: '' };
  if (stateName === undefined) throw invalid('StateName must be specified when the definition is a state machine');
  const found = find(definition, stateName, '');
  if (!found) throw invalid(`State '${stateName}' not found in definition`);
  return { name: stateName, ...found };
}

/** The state of that name in a machine, or in the branches and item processors inside it. */
function find(machine: JsonObject, name: string, path: string): { state: JsonObject; path: string } | undefined {
  const states = machine['States'];
  if (!isJsonObject(states)) return undefined;
  for (const [key, state] of Object.entries(states)) {
    if (!isJsonObject(state)) continue;
    const here = `${path}/States/${key}`;
    if (key === name) return { state, path: here };
    const branches = isJsonArray(state['Branches']) ? state['Branches'] : [];
    const inner: [string, Json | undefined][] = [
      ['ItemProcessor', state['ItemProcessor']],
      ['Iterator', state['Iterator']],
      ...branches.map((branch, at): [string, Json] => [`Branches[${at}]`, branch]),
    ];
    for (const [field, part] of inner) {
      const found = isJsonObject(part) ? find(part, name, `${here}/${field}`) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

function checkContext(context: JsonObject | undefined): void {
  for (const field of Object.keys(context ?? {})) {
    if (field === 'Map') {
      throw invalid("Invalid Context object provided: 'Map' field is not supported when mocking a Context object");
    }
    if (!CONTEXT_FIELDS.has(field)) throw invalid(`Invalid Context object provided: Field '${field}' is not allowed`);
  }
}

function checkMock(call: TestStateCall, state: JsonObject, type: string): Json | undefined {
  const { mock } = call;
  if (!mock) return undefined;
  if (!MOCKABLE.has(type)) throw invalid(`State type '${type}' is not supported when a mock is specified`);
  if (call.revealSecrets) throw invalid('TestState does not support RevealSecrets when a mock is specified.');
  if ((mock.result === undefined) === (mock.errorOutput === undefined)) {
    throw invalid('Either mock result or mock error output must be specified, not both.');
  }
  if (mock.result === undefined) return undefined;
  const result = parse(mock.result, 'Mocked result must be valid JSON.');
  if (type === 'Task') checkTaskResult(state, result, mock.fieldValidationMode ?? 'STRICT');
  else checkInnerResults(state, type, result);
  return result;
}

function checkTaskResult(state: JsonObject, result: Json, mode: FieldValidationMode): void {
  const resource = typeof state['Resource'] === 'string' ? state['Resource'] : '';
  const problem = resultProblem(parseTarget(resource), result, mode);
  if (problem !== undefined) throw invalid(`Mock result schema validation error: ${problem}`);
}

function checkInnerResults(state: JsonObject, type: string, result: Json): void {
  if (type === 'Map' && state['ResultWriter'] !== undefined) {
    if (!isJsonObject(result)) throw invalid('Mocked result must be a JSON object.');
    return;
  }
  if (!isJsonArray(result)) throw invalid('Mocked result must be an array.');
  const branches = state['Branches'];
  if (type === 'Parallel' && isJsonArray(branches) && branches.length !== result.length) {
    throw invalid('Mocked result must contain the same number of items as number of Parallel branches.');
  }
}

function parse(text: string, message: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw invalid(message);
  }
}
