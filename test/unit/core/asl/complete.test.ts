import { describe, expect, it } from 'vitest';
import { completeAt, type Completion } from '../../../../src/core/asl/complete.ts';
import { hoverAt } from '../../../../src/core/asl/hover.ts';
import { openDocument } from '../../../../src/core/asl/index.ts';

/** What is offered at the `|` of a definition. */
function offered(marked: string, languageId = 'asl'): readonly Completion[] {
  const offset = marked.indexOf('|');
  const { machine, tree } = openDocument(marked.replace('|', ''), { languageId });
  return machine ? completeAt(machine, tree, offset) : [];
}
const labels = (marked: string, languageId?: string): readonly string[] =>
  offered(marked, languageId).map(({ label }) => label);

const machine = (state: string): string =>
  `{"StartAt": "A", "States": {"A": ${state}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}`;

describe('names of states', () => {
  it('are those of the scope, without the state itself', () => {
    expect(labels(machine('{"Type": "Pass", "Next": "|"}'))).toEqual(['B', 'C']);
    expect(labels(machine('{"Type": "Choice", "Default": "|"}'))).toEqual(['B', 'C']);
    expect(labels('{"StartAt": "|", "States": {"A": {"Type": "Succeed"}}}')).toEqual(['A']);
  });

  it('of an inner scope stay inside it', () => {
    const inner =
      '{"Type": "Map", "ItemProcessor": {"StartAt": "X", "States": {"X": {"Type": "Pass", "Next": "|"}, "Y": {"Type": "Succeed"}}}, "Next": "B"}';
    expect(labels(machine(inner))).toEqual(['Y']);
  });

  it('come where no value has been typed yet, in catchers and in rules', () => {
    expect(labels(machine('{"Type": "Pass", "Next": |}'))).toEqual(['B', 'C']);
    expect(labels(machine('{"Type": "Task", "Catch": [{"Next": "|"}]}'))).toEqual(['B', 'C']);
    expect(labels(machine('{"Type": "Choice", "Choices": [{"Next": "|"}]}'))).toEqual(['B', 'C']);
  });

  it('replace the whole string, quotes included', () => {
    const marked = machine('{"Type": "Pass", "Next": "Bx|"}');
    const [first] = offered(marked);
    expect(marked.replace('|', '').slice(first?.start, first?.end)).toBe('"Bx"');
    expect(first?.insert).toBe('"B"');
  });

  it('work in YAML', () => {
    expect(
      labels('StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B|\n  B:\n    Type: Succeed\n', 'asl-yaml'),
    ).toEqual(['B']);
  });
});

describe('fields', () => {
  it('are those of the state type and query language that are not there yet', () => {
    const names = labels(machine('{"Type": "Wait", "End": true, "|"}'));
    expect(names).toContain('Seconds');
    expect(names).toContain('SecondsPath');
    expect(names).not.toContain('End');
    expect(names).not.toContain('Choices');
    expect(labels(machine('{"Type": "Wait", "QueryLanguage": "JSONata", "|"}'))).not.toContain('SecondsPath');
  });

  it('of a state without a type start with the type', () => {
    expect(labels(machine('{"|"}'))[0]).toBe('Type');
  });

  it('of a retrier, a catcher and the machine are their own', () => {
    expect(labels(machine('{"Type": "Task", "Retry": [{"|"}]}'))).toContain('BackoffRate');
    expect(labels(machine('{"Type": "Task", "Catch": [{"|"}]}'))).toContain('ResultPath');
    expect(labels('{"|"}')).toEqual(['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version']);
  });

  it('bring a value to fill in, unless there is one', () => {
    const added = offered(machine('{"Type": "Wait", "|"}')).find(({ label }) => label === 'Seconds');
    expect(added).toMatchObject({ insert: '"Seconds": ${1:0}', isSnippet: true });
    const renamed = offered(machine('{"Type": "Wait", "Sec|": 3}')).find(({ label }) => label === 'Seconds');
    expect(renamed).toMatchObject({ insert: '"Seconds"', isSnippet: false });
  });
});

describe('values', () => {
  it('of a fixed set are offered', () => {
    expect(labels(machine('{"Type": "|"}'))).toContain('Parallel');
    expect(labels(machine('{"Type": "Task", "Retry": [{"JitterStrategy": "|"}]}'))).toEqual(['FULL', 'NONE']);
    expect(labels(machine('{"Type": "Task", "Retry": [{"ErrorEquals": ["|"]}]}'))).toContain('States.TaskFailed');
    expect(labels(machine('{"Type": "Pass", "End": |}'))).toEqual(['true', 'false']);
  });
});

describe('hover', () => {
  const about = (marked: string): string | undefined => {
    const offset = marked.indexOf('|');
    const document = openDocument(marked.replace('|', ''), { languageId: 'asl' });
    return document.machine && hoverAt(document.machine, offset)?.markdown;
  };

  it('says what a field takes, what an error means, and where a state goes', () => {
    expect(about(machine('{"Type": "Wait", "Sec|onds": 3, "Next": "B"}'))).toContain('whole number 0 to 99999999');
    expect(about(machine('{"Type": "Task", "Retry": [{"ErrorEquals": ["States.Ti|meout"]}]}'))).toContain(
      'TimeoutSeconds',
    );
    expect(about(machine('{"Type": "Pass", "Next": "|B"}'))).toContain('**B** · Succeed');
  });

  it('escapes what the definition says', () => {
    expect(about('{"StartAt": "A|", "States": {"A": {"Type": "Succeed", "Comment": "[x](command:y)"}}}')).not.toContain(
      '](command',
    );
  });
});
