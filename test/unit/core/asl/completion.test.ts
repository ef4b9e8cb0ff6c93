import { describe, expect, it } from 'vitest';
import { completeDocument, type Completion } from '../../../../src/core/asl/complete.ts';
import { STATE_SNIPPETS } from '../../../../src/core/asl/completion/stateSnippets.ts';
import { openDocument } from '../../../../src/core/asl/index.ts';

/** What is offered at the `¦` of a definition. */
function offered(marked: string, languageId = 'asl'): readonly Completion[] {
  return completeDocument(openDocument(marked.replace('¦', ''), { languageId }), marked.indexOf('¦'));
}
const labels = (marked: string, languageId?: string): readonly string[] =>
  offered(marked, languageId).map(({ label }) => label);

/** The text after the proposal of this label was taken, a snippet with its first values filled in. */
function accepted(marked: string, label: string, languageId = 'asl'): string {
  const text = marked.replace('¦', '');
  const found = offered(marked, languageId).find((completion) => completion.label === label);
  if (!found) throw new Error(`"${label}" is not offered`);
  return text.slice(0, found.start) + filledIn(found) + text.slice(found.end);
}

function filledIn({ insert, isSnippet }: Completion): string {
  if (!isSnippet) return insert;
  return insert
    .replaceAll(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
    .replaceAll(/(?<!\\)\$\{\d+:((?:[^\\}]|\\.)*)\}/g, '$1')
    .replaceAll(/(?<!\\)\$\d+/g, '')
    .replaceAll(/\\([\\$}])/g, '$1');
}

const machine = (state: string, language = 'JSONPath'): string =>
  `{"QueryLanguage": "${language}", "StartAt": "A", "States": {"A": ${state}, "B": {"Type": "Succeed"}}}`;
const jsonata = (state: string): string => machine(state, 'JSONata');

describe('a Resource', () => {
  it('is any optimized integration in each of its forms, or a service of the AWS SDK', () => {
    const names = labels(machine('{"Type": "Task", "Resource": "¦"}'));
    expect(names).toEqual(
      expect.arrayContaining(['glue:startJobRun', 'glue:startJobRun.sync', 'states:startExecution.sync:2']),
    );
    expect(names).toContain('sqs:sendMessage.waitForTaskToken');
    expect(names).toContain('aws-sdk:glue:');
    expect(names).not.toContain('glue:startJobRun.waitForTaskToken');
  });

  it('is found by a part of what is typed and becomes the whole ARN', () => {
    const marked = machine('{"Type": "Task", "Resource": "crawler¦"}');
    expect(accepted(marked, 'aws-sdk:glue:startCrawler')).toContain('"arn:aws:states:::aws-sdk:glue:startCrawler"');
  });

  it('of the AWS SDK goes on with the actions of the service', () => {
    const marked = machine('{"Type": "Task", "Resource": "arn:aws-cn:states:::aws-sdk:dynamodb:¦"}');
    expect(labels(marked)).toContain('aws-sdk:dynamodb:batchGetItem');
    expect(labels(marked)).not.toContain('glue:startJobRun');
    expect(accepted(marked, 'aws-sdk:dynamodb:query')).toContain('"arn:aws-cn:states:::aws-sdk:dynamodb:query"');
  });

  it('of an EXPRESS workflow waits for nothing; readers and writers have their own', () => {
    const express = machine('{"Type": "Task", "Resource": "¦"}').replace('{', '{"Comment": "sluice: express", ');
    expect(labels(express).filter((name) => /\.(?:sync|waitFor)/.test(name))).toEqual([]);
    expect(labels(machine('{"Type": "Map", "ItemReader": {"Resource": "¦"}}'))).toEqual([
      's3:getObject',
      's3:listObjectsV2',
    ]);
  });

  it('can be completed in YAML, where the colon at its end would begin a mapping', () => {
    const marked =
      'StartAt: A\nStates:\n  A:\n    Type: Task\n    Resource: arn:aws:states:::aws-sdk:glue:¦\n    End: true\n';
    expect(accepted(marked, 'aws-sdk:glue:getCrawler', 'asl-yaml')).toContain(
      'Resource: arn:aws:states:::aws-sdk:glue:getCrawler\n',
    );
  });
});

describe('Parameters and Arguments', () => {
  const glue = '"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync"';

  it('are what the service takes, required ones first, in JSONPath also as paths', () => {
    const found = offered(machine(`{${glue}, "Parameters": {"¦"}}`));
    expect(found[0]).toMatchObject({ label: 'JobName', detail: 'string, required' });
    expect(found.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Arguments', 'NumberOfWorkers', 'JobName.$']),
    );
    expect(found.find(({ label }) => label === 'NumberOfWorkers')?.insert).toBe('"NumberOfWorkers": ${1:0}');
  });

  it('leave out what is there and what JSONata does not have', () => {
    const names = labels(jsonata(`{${glue}, "Arguments": {"JobName": "x", "¦"}}`));
    expect(names).toContain('WorkerType');
    expect(names).not.toContain('JobName');
    expect(names.filter((name) => name.endsWith('.$'))).toEqual([]);
  });

  it('are known for the AWS SDK and for readers', () => {
    const sdk = '{"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:athena:getWorkGroup", "Parameters": {"¦"}}';
    expect(labels(machine(sdk))).toEqual(['WorkGroup', 'WorkGroup.$']);
    const reader = '{"Type": "Map", "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {"¦"}}}';
    expect(labels(machine(reader)).slice(0, 2)).toEqual(['Bucket', 'Key']);
  });

  it('bring what the integration cannot do without', () => {
    const text = accepted(machine(`{${glue}, "¦"}`), 'Parameters');
    expect(JSON.parse(text)).toMatchObject({ States: { A: { Parameters: { JobName: '' } } } });
  });
});

describe('inside expressions', () => {
  const assign = '{"Type": "Pass", "Assign": {"order": {"id": 1, "lines": 2}}, "Next": "N"}, "N": ';

  it('of JSONata, variables, functions and $states are offered', () => {
    const marked = jsonata(`${assign}{"Type": "Pass", "Output": "{% $¦ %}", "Next": "B"}`);
    expect(labels(marked)).toEqual(expect.arrayContaining(['$states', '$order', '$count', '$partition', '$uuid']));
    expect(labels(marked)).not.toContain('$eval');
    expect(accepted(marked, '$count')).toContain('"{% $count() %}"');
  });

  it('the members of $states and of the context object follow one another', () => {
    const at = (text: string): readonly string[] => labels(jsonata(`{"Type": "Task", "Output": "{% ${text}¦ %}"}`));
    expect(at('$states.')).toEqual(['input', 'result', 'context']);
    expect(at('$states.context.')).toEqual(['Execution', 'State', 'StateMachine', 'Task', 'Map']);
    expect(at('$states.context.Execution.N')).toContain('Name');
    expect(at("'$states.")).toEqual([]);
    const catcher = '{"Type": "Task", "Catch": [{"Output": "{% $states.¦ %}"}]}';
    expect(labels(jsonata(catcher))).toEqual(['input', 'errorOutput', 'context']);
  });

  it('fields of a variable are those that it was assigned, those of the input what other states read', () => {
    expect(labels(jsonata(`${assign}{"Type": "Pass", "Output": "{% $order.¦ %}"}`))).toEqual(['id', 'lines']);
    const reading = `{"Type": "Pass", "Output": "{% $states.input.day %}", "Next": "N"}, "N": {"Type": "Pass", "Output": "{% $states.input.¦ %}"}`;
    expect(labels(jsonata(reading))).toEqual(['day']);
  });

  it('what the expression binds itself is known', () => {
    expect(
      labels(jsonata('{"Type": "Pass", "Output": "{% ($total := 1; $map([1], function($x) { $¦ })) %}"}')),
    ).toEqual(expect.arrayContaining(['$total', '$x']));
  });

  it('a string that takes one is offered the delimiters', () => {
    expect(accepted(jsonata('{"Type": "Pass", "Output": {"a": "¦"}}'), '{% … %}')).toContain('"a": "{%  %}"');
  });

  it('of JSONPath, paths, the context object and intrinsic functions are offered', () => {
    const marked = machine('{"Type": "Pass", "Parameters": {"a.$": "$.order.id", "b.$": "¦"}}');
    expect(labels(marked)).toEqual(expect.arrayContaining(['$', '$$', '$.order', 'States.Format', 'States.UUID']));
    expect(accepted(marked, 'States.ArrayLength')).toContain('"b.$": "States.ArrayLength()"');
    expect(labels(machine('{"Type": "Pass", "Parameters": {"a.$": "$.order.id", "b.$": "$.order.¦"}}'))).toEqual([
      'id',
    ]);
    expect(labels(machine('{"Type": "Pass", "InputPath": "$$.Map.Item.¦"}'))).toEqual([
      'Index',
      'Value',
      'Key',
      'Source',
    ]);
    expect(labels(machine('{"Type": "Pass", "InputPath": "St¦"}'))).not.toContain('States.Format');
    expect(labels(machine(`{"Type": "Pass", "Parameters": {"b.$": "States.Format('{}', $$.¦)"}}`))).toContain(
      'Execution',
    );
  });
});

describe('whole states', () => {
  const languages = ['JSONPath', 'JSONata'] as const;

  it.each(languages)('are offered where a state is due, without mistakes in %s', (language) => {
    for (const { title } of STATE_SNIPPETS) {
      const marked = `{"QueryLanguage": "${language}", "StartAt": "A", "States": {\n  "A": {"Type": "Pass", "Next": "NextState"},\n  "NextState": {"Type": "Succeed"},\n  ¦\n}}`;
      const text = accepted(marked, title).replace('"StartAt": "A"', `"StartAt": "${firstState(title)}"`);
      const findings = openDocument(text, { languageId: 'asl' }).findings();
      const wrong = findings.filter(({ severity, message }) => severity <= 2 && !message.includes('"A"'));
      expect(wrong, `${title}\n${text}`).toEqual([]);
    }
  });

  it.each(languages)('are the same in YAML, %s', (language) => {
    for (const { title } of STATE_SNIPPETS) {
      const head = `QueryLanguage: ${language}\nStartAt: ${firstState(title)}\nStates:\n  NextState:\n    Type: Succeed\n`;
      const found = offered(`${head}  ¦`, 'asl-yaml').find(({ label }) => label === title);
      const text = `${head}${(found ? filledIn(found) : '')
        .split('\n')
        .map((line) => `  ${line}`)
        .join('\n')}\n`;
      const yaml = openDocument(text, { languageId: 'asl-yaml' });
      expect(
        yaml.findings().filter(({ severity }) => severity === 1),
        `${title}\n${text}`,
      ).toEqual([]);
      expect(yaml.machine?.root.find(firstState(title)), text).toBeDefined();
    }
  });

  function firstState(title: string): string {
    const states = STATE_SNIPPETS.find((snippet) => snippet.title === title)?.states.JSONPath ?? {};
    return /:(.*)»/.exec(Object.keys(states)[0] ?? '')?.[1] ?? '';
  }

  it('are not offered inside a state', () => {
    expect(labels(machine('{"¦"}'))).not.toContain(STATE_SNIPPETS[0]?.title);
  });
});

describe('YAML that is being typed', () => {
  const yaml = (lines: string): readonly string[] =>
    labels(`StartAt: A\nStates:\n  A:\n    Type: Task\n${lines}\n  B:\n    Type: Succeed\n`, 'asl-yaml');

  it('offers fields on an empty line of the state and on one that is begun', () => {
    expect(yaml('    ¦')).toContain('Resource');
    expect(yaml('    Res¦')).toContain('Resource');
    expect(yaml('    Catch:\n      - ¦')).toContain('ErrorEquals');
  });

  it('offers values that are missing, and errors of a list', () => {
    expect(yaml('    Next: ¦')).toEqual(['B']);
    expect(yaml('    Catch:\n      - ErrorEquals:\n          - States.T¦')).toContain('States.Timeout');
    expect(yaml('    Resource: arn:aws:states:::glue:startJobRun\n    Parameters:\n      ¦')).toContain('JobName');
  });
});
