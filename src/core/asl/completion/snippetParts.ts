import type { QueryLanguage } from '../model.ts';

/** A JSON value; a string may hold tab stops: `«1:JobName»`, and `«1#60»` is a number once written. */
export type SnippetValue =
  string | number | boolean | readonly SnippetValue[] | { readonly [name: string]: SnippetValue };

/** One or more whole states by name. */
export type SnippetStates = Readonly<Record<string, SnippetValue>>;

export interface StateSnippet {
  /** What is typed for it outside of strings: `sfn-glue-job`. */
  readonly prefix: string;
  readonly title: string;
  readonly doc: string;
  readonly states: Readonly<Record<QueryLanguage, SnippetStates>>;
}

/** Where the user says how it goes on. */
export const NEXT = '«0:NextState»';
/** The ARN of a service integration. */
export const resource = (name: string): string => `arn:aws:states:::${name}`;

/** A Task with its input in the words of the language. */
export const task = (
  language: QueryLanguage,
  name: string,
  input: SnippetValue,
  more: SnippetStates = {},
): SnippetValue => ({
  Type: 'Task',
  Resource: resource(name),
  [language === 'JSONata' ? 'Arguments' : 'Parameters']: input,
  ...more,
});

/** The states in both languages. */
export const both = (make: (language: QueryLanguage) => SnippetStates): StateSnippet['states'] => ({
  JSONPath: make('JSONPath'),
  JSONata: make('JSONata'),
});

/** Values for one of the two languages. */
export const either = (language: QueryLanguage, jsonPath: SnippetStates, jsonata: SnippetStates): SnippetStates =>
  language === 'JSONata' ? jsonata : jsonPath;

/** The retrier that the developer guide recommends for Lambda tasks ("Handling transient Lambda service exceptions"). */
export const LAMBDA_RETRY: SnippetStates = {
  ErrorEquals: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ],
  IntervalSeconds: 1,
  MaxAttempts: 3,
  BackoffRate: 2,
  JitterStrategy: 'FULL',
};
