import { QuickPickItemKind, type Uri } from 'vscode';
import type { StateTest } from '../../aws/stepFunctions/api.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import { findJsonProblem } from '../../core/language/jsonProblem.ts';
import { formatTime } from '../../core/runs/format.ts';
import { inputFiles, preview } from '../prompts/pickInput.ts';
import { askText, back, pickOne, runSteps, type Back, type Choice, type Step } from '../prompts/steps.ts';
import { readInputFile } from '../starts/readInputFile.ts';
import type { LastStart } from '../starts/startHistory.ts';
import { TEST_OPTIONS, type OptionValues, type TestOption } from './testOptions.ts';

/** What is known of the state before anything is asked. */
export interface TestSubject {
  readonly name: string;
  readonly type: string;
  /** Names that it reads; a test has no earlier states that would assign them. */
  readonly variables: readonly string[];
  /** A result that its service could give, as JSON. */
  readonly sampleResult: string;
  readonly hasRetry: boolean;
  readonly hasItemReader: boolean;
  readonly file: Uri;
  /** Where it can be tested beside this machine. */
  readonly connection: Connection | undefined;
  readonly last: LastStart | undefined;
}

export interface TestAnswers {
  /** Undefined for this machine. */
  readonly connection: Connection | undefined;
  readonly input: string;
  readonly variables?: string;
  readonly mock?: NonNullable<StateTest['mock']>;
  readonly roleArn?: string;
  readonly level: StateTest['inspectionLevel'];
  /** What else the test is told, by the ids of `TEST_OPTIONS`. */
  readonly options: OptionValues;
}

type Draft = Partial<Omit<TestAnswers, 'connection'>> & { readonly where?: { readonly on: Connection | undefined } };

/** Asks what a test of a state needs; what was answered last time comes first. Rejects with `aborted` on Escape. */
export async function askStateTest(subject: TestSubject): Promise<TestAnswers> {
  const steps = [whereStep, inputStep, variablesStep, mockStep, roleStep, levelStep].map((step) => step(subject));
  const {
    where,
    input = '{}',
    level = 'DEBUG',
    options = {},
    ...others
  } = await runSteps<Draft>(`Test ${subject.name}`, {}, steps);
  return { ...others, connection: where?.on, input, level, options };
}

/** What to remember of the answers for the next test of the same state. */
export function toRemembered({
  connection,
  input,
  variables,
  mock,
  roleArn,
  level,
  options,
}: TestAnswers): Omit<LastStart, 'atMs'> {
  const answer: Readonly<Record<string, string>> =
    mock === undefined
      ? { answer: 'service' }
      : 'result' in mock
        ? { answer: 'result', result: mock.result }
        : { answer: 'error', error: mock.errorOutput.error, cause: mock.errorOutput.cause };
  const values = {
    where: connection?.id ?? '',
    level,
    ...answer,
    ...options,
    ...(variables !== undefined && { variables }),
    ...(roleArn !== undefined && { roleArn }),
  };
  return { input, values };
}

type StepOf = (subject: TestSubject) => Step<Draft>;

const whereStep: StepOf = ({ connection, last }) => {
  return async (known, at) => {
    if (connection === undefined) return known;
    const on = await pickOne<{ readonly on: Connection | undefined }>({
      at,
      placeholder: 'Where?',
      items: [
        { label: '$(vm) On this machine', description: 'services are mocked', value: { on: undefined } },
        {
          label: `$(cloud) On ${connectionLabel(connection)}`,
          description: 'TestState of AWS',
          value: { on: connection },
        },
      ],
      isActive: (choice) => (choice.on?.id ?? '') === (last?.values?.['where'] ?? ''),
    });
    return on === back ? back : { ...known, where: on };
  };
};

type Input = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file'; readonly file: Uri };

const inputStep: StepOf = ({ file, last }) => {
  return async (known, at) => {
    const chosen = await pickOne<Input>({
      at,
      placeholder: 'Which input? Choose, or type JSON.',
      items: inputFiles(file).then((files) => inputChoices(files, last)),
      fromText: (text) => {
        if (!/^[{["]/.test(text)) return undefined;
        const problem = findJsonProblem(text);
        const label = '$(json) Test with what is typed';
        return problem
          ? { label, description: `not JSON yet: ${problem.message}` }
          : { label, description: preview(text), value: { kind: 'text', text } };
      },
    });
    if (chosen === back) return back;
    const input = chosen.kind === 'text' ? chosen.text : await readInputFile(chosen.file, 'State not tested');
    return { ...known, input };
  };
};

function inputChoices(files: readonly Uri[], last: LastStart | undefined): readonly Choice<Input>[] {
  const input = last?.input;
  const text = (value: string): Input => ({ kind: 'text', text: value });
  return [
    ...(input === undefined
      ? []
      : [
          {
            label: `$(history) Last input (${formatTime(last?.atMs ?? 0)})`,
            description: preview(input),
            value: text(input),
          },
        ]),
    ...files.map((file) => ({
      label: `$(file) ${file.path.split('/').at(-1) ?? ''}`,
      value: { kind: 'file', file } as const,
    })),
    { label: '$(json) {}', description: 'empty input', value: text('{}') },
  ];
}

const variablesStep: StepOf = ({ variables, last }) => {
  return async (known, at) => {
    if (variables.length === 0) return known;
    const empty = JSON.stringify(Object.fromEntries(variables.map((name) => [name, null])));
    const answer = await askText({
      at,
      prompt: `Values of the variables ${variables.map((name) => `$${name}`).join(', ')}, as a JSON object.`,
      value: last?.values?.['variables'] ?? empty,
      problemOf: (typed) => (isObject(typed) ? undefined : 'Write a JSON object: names without $, and their values.'),
    });
    return answer === back ? back : { ...known, variables: answer };
  };
};

type AnswerKind = 'service' | 'result' | 'error';

const mockStep: StepOf = (subject) => {
  const { type, last } = subject;
  return async (known, at) => {
    // Other states call nothing.
    if (type !== 'Task' && type !== 'Map' && type !== 'Parallel') return known;
    const isCallable = type === 'Task' && known.where?.on !== undefined;
    for (;;) {
      const kind = await pickOne<AnswerKind>({
        at,
        placeholder: type === 'Task' ? 'What does the service answer?' : `What comes of the ${type}?`,
        items: [
          { label: '$(beaker) A result of mine', description: 'as JSON', value: 'result' },
          { label: '$(error) An error of mine', description: 'name and cause', value: 'error' },
          ...(isCallable
            ? [{ label: '$(cloud) Call the service', description: 'it does what it does', value: 'service' } as const]
            : []),
        ],
        isActive: (choice) => choice === last?.values?.['answer'],
      });
      if (kind === back) return back;
      if (kind === 'service') return { ...known };
      const mock = await (kind === 'result' ? askResult(subject, at.title) : askError(subject, at.title));
      if (mock !== back) return { ...known, mock };
    }
  };
};

async function askResult(
  { sampleResult, last }: TestSubject,
  title: string,
): Promise<NonNullable<StateTest['mock']> | Back> {
  const result = await askText({
    at: { title, canGoBack: true },
    prompt: 'The result, as JSON.',
    value: last?.values?.['result'] ?? sampleResult,
    problemOf: (typed) => {
      const problem = findJsonProblem(typed);
      return problem && `This is not JSON: ${problem.message}.`;
    },
  });
  return result === back ? back : { result };
}

async function askError({ last }: TestSubject, title: string): Promise<NonNullable<StateTest['mock']> | Back> {
  for (;;) {
    const at = { title, canGoBack: true };
    const error = await askText({
      at,
      prompt: 'Name of the error, as Retry and Catch name it.',
      value: last?.values?.['error'] ?? 'States.TaskFailed',
      problemOf: (typed) => (typed.trim() === '' ? 'An error has a name.' : undefined),
    });
    if (error === back) return back;
    const cause = await askText({ at, prompt: 'Its cause.', value: last?.values?.['cause'] ?? '' });
    if (cause !== back) return { errorOutput: { error: error.trim(), cause } };
  }
}

/** Only a call of the service needs rights. https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html */
const roleStep: StepOf = ({ type, last }) => {
  return async (known, at) => {
    if (type !== 'Task' || known.where?.on === undefined || known.mock !== undefined) return known;
    const roleArn = await askText({
      at,
      prompt: 'ARN of the IAM role that the state runs with. You need iam:PassRole for it.',
      placeholder: 'arn:aws:iam::123456789012:role/name',
      value: last?.values?.['roleArn'] ?? '',
      problemOf: (typed) =>
        /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(typed.trim())
          ? undefined
          : 'Write it as arn:aws:iam::123456789012:role/name.',
    });
    return roleArn === back ? back : { ...known, roleArn: roleArn.trim() };
  };
};

type LevelOrOption = TestAnswers['level'] | TestOption;

const levelStep: StepOf = (subject) => {
  const { last } = subject;
  return async (known, at) => {
    const about = { ...subject, mock: known.mock };
    const offered = TEST_OPTIONS.filter(({ isFor }) => isFor(about));
    let options: OptionValues = {};
    for (;;) {
      const chosen = await pickOne<LevelOrOption>({
        at,
        placeholder: 'How much to show?',
        items: [
          { label: 'DEBUG', description: 'each step of the data flow', value: 'DEBUG' },
          { label: 'INFO', description: 'output, error and next state', value: 'INFO' },
          { label: 'TRACE', description: 'also the HTTP request and response of an HTTP Task', value: 'TRACE' },
          { label: 'What else the test is told', kind: QuickPickItemKind.Separator },
          ...offered.map((option) => ({
            label: `$(settings-gear) ${option.label}…`,
            description: options[option.id] === undefined ? '' : preview(options[option.id] ?? ''),
            value: option,
          })),
        ],
        isActive: (choice) => choice === (last?.values?.['level'] ?? 'DEBUG'),
      });
      if (chosen === back) return back;
      if (typeof chosen === 'string') return { ...known, level: chosen, options };
      const { id, prompt, sample, problemOf } = chosen;
      const text = await askText({
        at: { title: at.title, canGoBack: true },
        prompt,
        value: options[id] ?? last?.values?.[id] ?? sample(about, known.input ?? '{}'),
        problemOf,
      });
      if (text !== back) options = { ...options, [id]: text };
    }
  };
};

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
