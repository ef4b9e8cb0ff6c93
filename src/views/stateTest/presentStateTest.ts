import type { StateTestResult } from '../../aws/stepFunctions/api.ts';

export interface PresentedTest {
  readonly stateName: string;
  /** `Task`, or empty where the definition says none. */
  readonly stateType: string;
  /** Where it ran: `on this machine`, `on dev · eu-west-1`. */
  readonly where: string;
  /** `mock result`, `mock error`, or what was called. */
  readonly answer: string | undefined;
  readonly level: 'INFO' | 'DEBUG' | 'TRACE';
  readonly result: StateTestResult;
}

/** Steps of the data flow in their order, by the API's names. https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html */
const STEPS: readonly (readonly [name: string, title: string])[] = [
  ['input', 'State input'],
  ['afterInputPath', 'After InputPath'],
  ['afterItemsPath', 'After ItemsPath'],
  ['afterItemsPointer', 'After ItemsPointer'],
  ['afterItemSelector', 'After ItemSelector'],
  ['afterItemBatcher', 'After ItemBatcher'],
  ['afterParameters', 'After Parameters'],
  ['afterArguments', 'After Arguments'],
  ['request', 'HTTP request'],
  ['response', 'HTTP response'],
  ['result', 'Result'],
  ['afterResultSelector', 'After ResultSelector'],
  ['afterResultPath', 'After ResultPath'],
];

const SETTINGS: readonly (readonly [name: string, title: string])[] = [
  ['maxConcurrency', 'Maximum concurrency'],
  ['toleratedFailureCount', 'Tolerated failures'],
  ['toleratedFailurePercentage', 'Tolerated failure percentage'],
];

/** What came of a test as Markdown: the outcome in a line, then each step of the data flow as JSON. */
export function presentStateTest(test: PresentedTest): string {
  const { stateName, stateType, where, answer, level, result } = test;
  const { inspection, output, error, cause } = result;
  const parts: string[] = [
    `# ${stateName}: ${outcomeOf(result)}`,
    [stateType, where, answer, `inspection level ${level}`].filter(Boolean).join(' · '),
  ];
  if (error !== undefined || cause !== undefined) {
    parts.push('## Error', `\`${error ?? 'no name'}\``, ...(cause === undefined ? [] : [fenced(cause, 'text')]));
  }
  let step = 0;
  let before: string | undefined;
  const add = (title: string, value: unknown): void => {
    step += 1;
    const json = JSON.stringify(value, undefined, 2);
    parts.push(`## ${step}. ${title}`, json === before ? 'As above.' : fenced(json, 'json'));
    before = json;
  };
  for (const [name, title] of STEPS) if (inspection[name] !== undefined) add(title, inspection[name]);
  if (output !== undefined) add('Output', output);
  const settings = SETTINGS.filter(([name]) => inspection[name] !== undefined);
  if (settings.length > 0) {
    const lines = settings.map(([name, title]) => `- ${title}: ${JSON.stringify(inspection[name])}`);
    parts.push('## Settings', lines.join('\n'));
  }
  if (inspection['variables'] !== undefined) {
    parts.push('## Variables', fenced(JSON.stringify(inspection['variables'], undefined, 2), 'json'));
  }
  return `${parts.join('\n\n')}\n`;
}

function outcomeOf({ status, nextState, inspection }: StateTestResult): string {
  const details = inspection['errorDetails'];
  const next = nextState === undefined ? '' : `, goes to ${nextState}`;
  switch (status) {
    case 'SUCCEEDED':
      return `succeeded${nextState === undefined ? ', ends here' : next}`;
    case 'FAILED':
      return 'failed';
    case 'CAUGHT_ERROR':
      return `error caught${indexed('Catch', numberIn(details, 'catchIndex'))}${next}`;
    case 'RETRIABLE': {
      const seconds = numberIn(details, 'retryBackoffIntervalSeconds');
      const after = seconds === undefined ? '' : ` after ${seconds} s`;
      return `would be retried${after}${indexed('Retry', numberIn(details, 'retryIndex'))}`;
    }
  }
}

function indexed(field: string, index: number | undefined): string {
  return index === undefined ? '' : ` by ${field}[${index}]`;
}

function numberIn(value: unknown, name: string): number | undefined {
  const found = typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
  return typeof found === 'number' ? found : undefined;
}

/** The fence is longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
