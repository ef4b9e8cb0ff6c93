import type { StateTest } from '../../aws/stepFunctions/api.ts';
import { findJsonProblem } from '../../core/language/jsonProblem.ts';

/** Texts by option, as a user wrote them. */
export type OptionValues = Readonly<Record<string, string>>;

/** What decides which options a test has. */
export interface OptionSubject {
  readonly name: string;
  readonly type: string;
  /** Whether the state has a Retry. */
  readonly hasRetry: boolean;
  /** Whether its items come from an ItemReader. */
  readonly hasItemReader: boolean;
  readonly mock: StateTest['mock'];
}

/** Something that a test can be told beside its input. https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html */
export interface TestOption {
  readonly id: string;
  readonly label: string;
  readonly prompt: string;
  readonly isFor: (subject: OptionSubject) => boolean;
  /** What the box begins with. */
  readonly sample: (subject: OptionSubject, input: string) => string;
  readonly problemOf: (text: string) => string | undefined;
}

const isMocked = ({ mock }: OptionSubject): boolean => mock !== undefined;
const failsAsMocked = ({ mock }: OptionSubject): boolean => mock !== undefined && 'errorOutput' in mock;

export const TEST_OPTIONS: readonly TestOption[] = [
  {
    id: 'context',
    label: 'Context object',
    prompt: 'The whole context object, $$ or $states.context, as a JSON object.',
    isFor: () => true,
    sample: ({ name, type }, input) => contextSample(name, type, input),
    problemOf: objectProblem,
  },
  {
    id: 'retries',
    label: 'Retries so far',
    prompt: 'How many times it has been retried already.',
    isFor: ({ hasRetry }) => hasRetry,
    sample: () => '0',
    problemOf: countProblem,
  },
  {
    id: 'validation',
    label: 'Fields of the result',
    prompt: 'STRICT: as the API has them; PRESENT: those that are there; NONE: not looked at.',
    isFor: ({ type, mock }) => type === 'Task' && mock !== undefined && 'result' in mock,
    sample: () => 'STRICT',
    problemOf: (text) => (isMode(text.trim()) ? undefined : 'Write STRICT, PRESENT or NONE.'),
  },
  {
    id: 'failedState',
    label: 'State that failed inside',
    prompt: 'Name of the state inside it that the error comes from.',
    isFor: (subject) => (subject.type === 'Map' || subject.type === 'Parallel') && failsAsMocked(subject),
    sample: () => '',
    problemOf: (text) => (text.trim() === '' ? 'A state has a name.' : undefined),
  },
  {
    id: 'failedIterations',
    label: 'Iterations that failed',
    prompt: 'How many iterations failed: ToleratedFailureCount and ToleratedFailurePercentage are held against it.',
    isFor: (subject) => subject.type === 'Map' && isMocked(subject),
    sample: () => '0',
    problemOf: countProblem,
  },
  {
    id: 'readItems',
    label: 'Items that were read',
    prompt: 'What the ItemReader read, as JSON.',
    isFor: (subject) => subject.type === 'Map' && subject.hasItemReader && isMocked(subject),
    sample: () => '[]',
    problemOf: jsonProblem,
  },
];

/** The options of a test as the API takes them; those that the answers before do not allow are left out. */
export function withOptions(
  values: OptionValues,
  subject: OptionSubject,
): Pick<StateTest, 'context' | 'stateConfiguration' | 'mock'> {
  const given = Object.fromEntries(
    TEST_OPTIONS.filter(({ id, isFor }) => values[id] !== undefined && isFor(subject)).map(({ id }) => [
      id,
      (values[id] ?? '').trim(),
    ]),
  );
  const { context, retries, validation, failedState, failedIterations, readItems } = given;
  const stateConfiguration = {
    ...(retries !== undefined && { retrierRetryCount: Number(retries) }),
    ...(failedState !== undefined && { errorCausedByState: failedState }),
    ...(failedIterations !== undefined && { mapIterationFailureCount: Number(failedIterations) }),
    ...(readItems !== undefined && { mapItemReaderData: readItems }),
  };
  const { mock } = subject;
  return {
    ...(context !== undefined && { context }),
    ...(Object.keys(stateConfiguration).length > 0 && { stateConfiguration }),
    ...(mock && { mock: isMode(validation) ? { ...mock, fieldValidationMode: validation } : mock }),
  };
}

/** The context object that a test has by itself, so that one value of it can be changed. */
function contextSample(name: string, type: string, input: string): string {
  const arn = 'arn:aws:states:us-east-1:111111111111';
  return JSON.stringify({
    Execution: {
      Id: `${arn}:execution:machine:run`,
      Input: findJsonProblem(input) === undefined ? (JSON.parse(input) as unknown) : {},
      Name: 'run',
      RoleArn: 'arn:aws:iam::111111111111:role/role',
      StartTime: '2026-01-01T00:00:00.000Z',
    },
    State: { EnteredTime: '2026-01-01T00:00:00.000Z', Name: name, RetryCount: 0 },
    StateMachine: { Id: `${arn}:stateMachine:machine`, Name: 'machine' },
    ...(type === 'Task' && { Task: { Token: 'token' } }),
  });
}

function isMode(text: string | undefined): text is 'STRICT' | 'PRESENT' | 'NONE' {
  return text === 'STRICT' || text === 'PRESENT' || text === 'NONE';
}

function countProblem(text: string): string | undefined {
  return /^\d{1,9}$/.test(text.trim()) ? undefined : 'Write a whole number, 0 or more.';
}

function jsonProblem(text: string): string | undefined {
  const problem = findJsonProblem(text);
  return problem && `This is not JSON: ${problem.message}.`;
}

function objectProblem(text: string): string | undefined {
  const problem = jsonProblem(text);
  if (problem !== undefined) return problem;
  return /^\s*\{/.test(text) ? undefined : 'Write a JSON object.';
}
