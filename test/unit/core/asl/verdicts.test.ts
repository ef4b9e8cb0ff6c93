import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { validate, type DocumentOptions } from '../../../../src/core/asl/index.ts';
import { LineIndex } from '../../../../src/core/language/lineIndex.ts';
import {
  choice,
  distributed,
  goOn,
  jsonata,
  jsonataChoice,
  jsonataTask,
  machine,
  map,
  pass,
  reader,
  task,
} from './machines.ts';

const WEIGHTS = ['', '', 'warning ', '', ''];

/** Errors and warnings as `asl/rule: the text that is underlined`, with `warning` before those that are. */
function verdict(text: string, options: DocumentOptions = { fileName: 'm.asl.json' }): string[] {
  const lines = LineIndex.of(text);
  return validate(text, options)
    .filter(({ severity }) => severity <= 2)
    .map(({ code, severity, range }) => {
      const marked = text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end)).replaceAll(/\s+/g, ' ');
      return `${WEIGHTS[severity] ?? ''}${code}: ${marked}`;
    });
}

type Row = readonly [what: string, definition: object | string, ...expected: string[]];

const succeed = { Type: 'Succeed' };
const one = (state: object): object => machine({ A: state });
const inJsonata = (state: object): object => jsonata({ A: state });
const integration = (resource: string, parameters: object): object =>
  one({ Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters: parameters, End: true });

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  'the machine and its states': [
    ['an empty StartAt is said once', { StartAt: '', States: { A: succeed } }, 'asl/start-at-required: ""'],
    [
      'a state twice in one object: the one that counts is reachable',
      '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true},"A":{"Type":"Succeed"}}}',
      'asl/duplicate-key: "A"',
    ],
    [
      'a state name in two branches',
      one({ Type: 'Parallel', Branches: [machine({ X: pass() }), machine({ X: pass() })], End: true }),
      'asl/duplicate-state-name: "X"',
    ],
    ['80 characters that are pairs of units', machine({ ['😀'.repeat(80)]: succeed })],
    ['Type in the wrong case', one({ type: 'Pass', End: true }), 'asl/state-type: "type"'],
    [
      'a query language that only begins well',
      machine({ A: succeed }, { QueryLanguage: 'JSONata ' }),
      'asl/machine-query-language: "JSONata "',
    ],
  ],
  'where states lead': [
    [
      'a missing Next says nothing of the states that it was to lead to',
      machine({ A: { Type: 'Wait', Seconds: 1 }, B: succeed }),
      'asl/transition-required: "A"',
    ],
    [
      'nor does a catcher without one',
      machine({ A: task({ Catch: [{ ErrorEquals: ['States.ALL'] }] }), B: succeed }),
      'asl/catcher-next: "ErrorEquals"',
    ],
    ['an empty Next', machine({ A: goOn(''), B: succeed }), 'asl/next-text: ""'],
    [
      'a Next that is an expression',
      jsonata({ A: goOn('{% $states.input.next %}'), B: succeed }),
      'asl/expression-in-constant: "{% $states.input.next %}"',
    ],
    ['a Next of a rule that is a number', choice({ Variable: '$.a', IsNull: true, Next: 3 }), 'asl/choice-next: 3'],
    ['End false beside Next', machine({ A: goOn('B', { End: false }), B: succeed })],
  ],
  integrations: [
    [
      'a parameter in the wrong case',
      integration('lambda:invoke', { FunctionName: 'f', PayLoad: 1 }),
      'asl/unknown-parameter: "PayLoad"',
    ],
    ['an acronym as Java writes it', integration('sns:publish', { TopicARN: 't', TopicArn: 't', Message: 'm' })],
    [
      'a suffix that ends in a blank',
      integration('glue:startJobRun.sync ', { JobName: 'j' }),
      'asl/unknown-integration: .sync ',
    ],
    ['an SDK action in PascalCase', integration('aws-sdk:s3:GetObject', {}), 'asl/unknown-sdk-action: GetObject'],
    [
      'a callback deep inside an EXPRESS child',
      one({
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          ...machine({
            P: {
              Type: 'Parallel',
              Branches: [
                machine({
                  G: {
                    Type: 'Task',
                    Resource: 'arn:aws:states:::glue:startJobRun.sync',
                    Parameters: { JobName: 'j' },
                    End: true,
                  },
                }),
              ],
              End: true,
            },
          }),
        },
        End: true,
      }),
      'asl/express-limits: .sync',
    ],
  ],
  choices: [
    [
      'an operator that is misspelt is said once',
      choice({ Variable: '$.a', StringEqual: 'x', Next: 'B' }),
      'asl/unknown-choice-field: "StringEqual"',
    ],
    [
      'a JSONPath rule in a JSONata Choice',
      jsonataChoice({ Variable: '$.a', StringEquals: 'x', Next: 'B' }),
      'asl/choice-condition: "Variable"',
      'asl/choice-condition: "StringEquals"',
    ],
    [
      'connectives in a JSONata Choice',
      jsonataChoice({ And: [{ Condition: '{% true %}' }], Next: 'B' }),
      'asl/choice-condition: "And"',
    ],
    [
      'a rule inside And with Next',
      choice({ And: [{ Variable: '$.a', IsNull: true, Next: 'B' }], Next: 'B' }),
      'asl/nested-choice-field: "Next"',
    ],
    ['a Condition that is a boolean', jsonataChoice({ Condition: true, Next: 'B' })],
  ],
  maps: [
    ['Items that are text', inJsonata(map({ Items: 'abc' })), 'asl/map-items: "abc"'],
    ['Items that are a number', inJsonata(map({ Items: 3 })), 'asl/map-items: 3'],
    ['Items that are null', inJsonata(map({ Items: null })), 'asl/map-items: null'],
    ['Items that are an object', inJsonata(map({ Items: { a: '{% 1 %}' } }))],
    [
      'flattening what is one object',
      one(distributed(reader({ InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' }))),
      'asl/item-reader: "LOAD_AND_FLATTEN"',
    ],
    [
      'flattening a list',
      one(
        distributed({
          ItemReader: {
            Resource: 'arn:aws:states:::s3:listObjectsV2',
            Parameters: { Bucket: 'b' },
            ReaderConfig: { InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' },
          },
        }),
      ),
    ],
    [
      'an inventory with a type',
      one(distributed(reader({ InputType: 'CSV', ManifestType: 'S3_INVENTORY' }))),
      'asl/item-reader: "InputType"',
    ],
    ['CSV without a header location', one(distributed(reader({ InputType: 'CSV' }))), 'warning asl/item-reader: "CSV"'],
    [
      'a Label that is an expression',
      inJsonata(distributed({ Label: '{% "x" %}' })),
      'asl/expression-in-constant: "{% \\"x\\" %}"',
    ],
    [
      'a MaxConcurrencyPath into the context',
      one(map({ MaxConcurrencyPath: '$$.Execution.Input.n' })),
      'asl/map-number-path: "$$.Execution.Input.n"',
    ],
  ],
  'errors and payloads': [
    [
      'an ErrorEquals that is an expression',
      jsonata({ A: jsonataTask({ Catch: [{ ErrorEquals: ['{% $x %}'], Next: 'B' }] }), B: succeed }),
      'warning asl/expression-in-constant: "{% $x %}"',
    ],
    [
      'a path in an array of a template',
      one(pass({ Parameters: { ids: ['$.id'] } })),
      'warning asl/missing-dollar: "$.id"',
    ],
    ['a path as the whole template', one(task({ Parameters: '$.order' })), 'warning asl/missing-dollar: "$.order"'],
    ['an amount of money', one(pass({ Parameters: { price: '$5.00' } }))],
    [
      'a merge of text',
      one(pass({ Parameters: { 'm.$': "States.JsonMerge('a', $.b, false)" } })),
      "asl/intrinsic-argument-value: 'a'",
    ],
    [
      'a range that is too long',
      one(pass({ Parameters: { 'r.$': 'States.ArrayRange(1, 1001, 1)' } })),
      'asl/intrinsic-argument-value: States.ArrayRange(1, 1001, 1)',
    ],
    ['a range of 1,000', one(pass({ Parameters: { 'r.$': 'States.ArrayRange(1, 1000, 1)' } }))],
    ['escapes in an intrinsic', one(pass({ Parameters: { 'x.$': "States.Format('it\\'s \\{\\} {}', $.a)" } }))],
    [
      'double quotes in an intrinsic',
      one(pass({ Parameters: { 'x.$': 'States.Format("{}", $.a)' } })),
      'asl/intrinsic-syntax: \\"',
    ],
  ],
  'JSONata and variables': [
    [
      'a name at the top level inside an object',
      inJsonata(pass({ Output: '{% {"a": name} %}' })),
      'asl/jsonata-top-level: name',
    ],
    ['a name in a filter', inJsonata(pass({ Output: '{% $states.input.orders[state = "open"] %}' }))],
    [
      'the result in a Pass',
      inJsonata(pass({ Output: '{% $states.result %}' })),
      'asl/states-member-place: $states.result',
    ],
    [
      'a variable that is asked for before it is read',
      inJsonata(pass({ Output: '{% $exists($total) ? $total : 0 %}', Assign: { total: 1 } })),
    ],
    [
      'a variable that nobody assigns',
      inJsonata(pass({ Output: '{% $total %}' })),
      'warning asl/unassigned-variable: $total',
    ],
    ['a variable that begins with a line', one(pass({ Assign: { _a: 1 } })), 'warning asl/variable-name: "_a"'],
    ['variables in other letters', one(pass({ Assign: { größe: 1, 变量: 2 } }))],
  ],
};

const rows = Object.entries(TABLE).flatMap(([group, list]) => list.map((row) => [`${group}: ${row[0]}`, row] as const));

describe('what AWS refuses and takes', () => {
  it.each(rows)('%s', (_title, [, definition, ...expected]) => {
    const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
    expect(verdict(text)).toEqual(expected);
  });
});

const indented = (text: string): string => text.replaceAll(/^/gm, '        ');

const HOSTS: Readonly<Record<string, (definition: object) => readonly [text: string, fileName: string]>> = {
  YAML: (definition) => [stringify(definition), 'm.asl.yaml'],
  'a SAM template': (Definition) => [
    JSON.stringify({ Resources: { M: { Type: 'AWS::Serverless::StateMachine', Properties: { Definition } } } }),
    't.template.json',
  ],
  'a string in a template': (definition) => [
    `Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: |\n${indented(JSON.stringify(definition, null, 2))}\n`,
    'template.yaml',
  ],
  TypeScript: (definition) => [`const d = JSON.stringify(${JSON.stringify(definition)});`, 'stack.ts'],
  Terraform: (definition) => [
    `resource "aws_sfn_state_machine" "m" {\n  definition = <<EOF\n${JSON.stringify(definition, null, 2)}\nEOF\n}\n`,
    'main.tf',
  ],
};

describe.each(Object.entries(HOSTS))('in %s', (_host, write) => {
  it('all of it is said as in a file of its own', () => {
    for (const [title, [, definition, ...expected]] of rows) {
      if (typeof definition === 'string') continue;
      const [text, fileName] = write(definition);
      const codes = verdict(text, { fileName }).map((line) => line.replace(/(asl\/[\w-]+).*/, '$1'));
      expect(codes, title).toEqual(expected.map((line) => line.replace(/(asl\/[\w-]+).*/s, '$1')));
    }
  });
});

it('a Choice rule of a template is no condition of the template', () => {
  const rule = 'Choices: [{Condition: "{% true %}"}]';
  const text = `Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n        QueryLanguage: JSONata\n        StartAt: A\n        States:\n          A: {Type: Choice, ${rule}, Default: B}\n          B: {Type: Succeed}\n`;
  expect(verdict(text, { fileName: 'template.yaml' })).toEqual(['asl/choice-next: Condition']);
});
