import { COMPARISONS, CONNECTIVES } from './operators.ts';
import { integer, object, own, path, payload, text, word, type FieldSpec, type Shape, type ShapeName } from './spec.ts';
import { STATE_SHAPES } from './states.ts';

const comment = text('asl/comment-text', 'A description for people. It does not affect execution.');
const startAt = own('The name of the state to begin with.');
const states = own('The states by name.');
const seconds = 99_999_999;
const anyCount = Number.MAX_SAFE_INTEGER;
const next = own('The state to run next.');
const assign = payload('Variables to set, by name.', { root: 'object', rule: 'asl/assign-object' });
const output = payload('What is passed on to the next state.', { language: 'JSONata' });
const parameters = payload('Where the data is: `Bucket`, and `Key` or `Prefix`.', {
  language: 'JSONPath',
  root: 'object',
});
const args = payload('Where the data is: `Bucket`, and `Key` or `Prefix`.', { language: 'JSONata' });
const errorEquals = own('Names of the errors that this applies to. `States.ALL` stands alone, in the last one.');

const rules: Readonly<Record<string, FieldSpec>> = {
  ...Object.fromEntries(
    Object.entries({
      Variable: path('asl/choice-path', 'variable', 'A reference path to the value to compare.'),
      ...COMPARISONS,
      ...CONNECTIVES,
    }).map(([name, spec]) => [name, { ...spec, language: 'JSONPath' } satisfies FieldSpec]),
  ),
  Comment: comment,
};

/** What each kind of object in a definition may hold. */
export const SHAPES: Readonly<Record<ShapeName, Shape>> = {
  ...STATE_SHAPES,
  machine: {
    title: 'a state machine',
    unknownFieldRule: 'asl/unknown-top-level-field',
    fields: {
      Comment: comment,
      QueryLanguage: word(
        'asl/query-language',
        ['JSONPath', 'JSONata'],
        'The query language of the states; JSONPath where it is missing.',
      ),
      StartAt: startAt,
      States: states,
      TimeoutSeconds: integer(
        'asl/machine-timeout',
        [1, seconds],
        'The execution fails with States.Timeout after this many seconds.',
      ),
      Version: own('The version of the Amazon States Language: "1.0".'),
    },
  },
  branch: {
    title: 'a branch',
    unknownFieldRule: 'asl/unsupported-scope-field',
    fields: { Comment: comment, StartAt: startAt, States: states },
  },
  processor: {
    title: 'an ItemProcessor',
    unknownFieldRule: 'asl/unsupported-scope-field',
    fields: {
      Comment: comment,
      ProcessorConfig: object('processorConfig', 'asl/processor-config', 'Inline or distributed processing.'),
      StartAt: startAt,
      States: states,
    },
  },
  processorConfig: {
    title: 'a ProcessorConfig',
    unknownFieldRule: 'asl/processor-config',
    fields: {
      Mode: word(
        'asl/processor-config',
        ['INLINE', 'DISTRIBUTED'],
        'INLINE runs the items in this execution, DISTRIBUTED in child executions.',
      ),
      ExecutionType: word(
        'asl/processor-config',
        ['STANDARD', 'EXPRESS'],
        'The type of the child executions; needed with DISTRIBUTED.',
      ),
    },
  },
  retrier: {
    title: 'a retrier',
    unknownFieldRule: 'asl/unknown-retrier-field',
    fields: {
      ErrorEquals: errorEquals,
      IntervalSeconds: integer('asl/interval-seconds', [1, seconds], 'Seconds before the first retry. Default 1.'),
      MaxAttempts: integer('asl/max-attempts', [0, seconds], 'How many retries at most. Default 3; 0 never retries.'),
      BackoffRate: {
        value: { kind: 'number', min: 1, max: Infinity },
        rule: 'asl/backoff-rate',
        doc: 'What the interval is multiplied by after each retry. Default 2.0.',
      },
      MaxDelaySeconds: integer(
        'asl/max-delay',
        [1, 31_622_400],
        'The longest interval between two retries, in seconds.',
      ),
      JitterStrategy: word(
        'asl/jitter-strategy',
        ['FULL', 'NONE'],
        'FULL waits a random time between 0 and the interval. Default NONE.',
      ),
      Comment: comment,
    },
  },
  catcher: {
    title: 'a catcher',
    unknownFieldRule: 'asl/unknown-catcher-field',
    fields: {
      ErrorEquals: errorEquals,
      Next: next,
      ResultPath: path(
        'asl/catch-result-path',
        'result',
        'Where to put the error output (`Error` and `Cause`) in the state input.',
      ),
      Assign: assign,
      Output: output,
      Comment: comment,
    },
  },
  choiceRule: {
    title: 'a Choice rule',
    unknownFieldRule: 'asl/unknown-choice-field',
    fields: {
      ...rules,
      Condition: { value: { kind: 'any' }, language: 'JSONata', doc: 'A JSONata expression that gives true or false.' },
      Next: next,
      Assign: assign,
      Output: output,
    },
  },
  nestedChoiceRule: {
    title: 'a Choice rule inside And, Or or Not',
    unknownFieldRule: 'asl/nested-choice-field',
    fields: rules,
  },
  itemReader: {
    title: 'an ItemReader',
    unknownFieldRule: 'asl/item-reader',
    fields: {
      Resource: own(
        '`arn:aws:states:::s3:getObject` for one file, `arn:aws:states:::s3:listObjectsV2` for the objects of a bucket.',
      ),
      Parameters: parameters,
      Arguments: args,
      ReaderConfig: object('readerConfig', 'asl/item-reader', 'What the data looks like.'),
    },
  },
  readerConfig: {
    title: 'a ReaderConfig',
    unknownFieldRule: 'asl/item-reader',
    fields: {
      InputType: word('asl/item-reader', ['CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST'], 'The format of the file.'),
      CSVHeaderLocation: word('asl/item-reader', ['FIRST_ROW', 'GIVEN'], 'Where the column names are.'),
      CSVHeaders: own('The column names, with CSVHeaderLocation GIVEN.'),
      CSVDelimiter: word(
        'asl/item-reader',
        ['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'],
        'What separates the columns. Default COMMA.',
      ),
      MaxItems: integer('asl/item-reader', [0, 100_000_000], 'How many items to read at most.', true),
      MaxItemsPath: path('asl/map-number-path', 'inputReference', 'A reference path to MaxItems.'),
      ManifestType: word('asl/item-reader', ['ATHENA_DATA', 'S3_INVENTORY'], 'What kind of manifest the file is.'),
      Transformation: word(
        'asl/item-reader',
        ['NONE', 'LOAD_AND_FLATTEN'],
        'LOAD_AND_FLATTEN reads the listed objects as well.',
      ),
      ItemsPointer: text('asl/item-reader', 'A JSON Pointer to the array in a JSON file.'),
    },
  },
  itemBatcher: {
    title: 'an ItemBatcher',
    unknownFieldRule: 'asl/item-batcher',
    fields: {
      BatchInput: payload('Fixed input that every batch gets besides its items.', {}),
      MaxItemsPerBatch: integer('asl/item-batcher', [0, anyCount], 'How many items a batch has at most.', true),
      MaxItemsPerBatchPath: path('asl/map-number-path', 'inputReference', 'A reference path to MaxItemsPerBatch.'),
      MaxInputBytesPerBatch: integer(
        'asl/item-batcher',
        [0, 262_144],
        'How many bytes a batch has at most, up to 262,144.',
        true,
      ),
      MaxInputBytesPerBatchPath: path(
        'asl/map-number-path',
        'inputReference',
        'A reference path to MaxInputBytesPerBatch.',
      ),
    },
  },
  resultWriter: {
    title: 'a ResultWriter',
    unknownFieldRule: 'asl/result-writer',
    fields: {
      Resource: own('`arn:aws:states:::s3:putObject`.'),
      Parameters: parameters,
      Arguments: args,
      WriterConfig: object('writerConfig', 'asl/result-writer', 'How the results are written.'),
    },
  },
  writerConfig: {
    title: 'a WriterConfig',
    unknownFieldRule: 'asl/result-writer',
    fields: {
      Transformation: word(
        'asl/result-writer',
        ['NONE', 'COMPACT', 'FLATTEN'],
        'NONE keeps the metadata of each child execution.',
      ),
      OutputType: word('asl/result-writer', ['JSON', 'JSONL'], 'The format of the result files.'),
    },
  },
};
