import { describe, expect, it } from 'vitest';
import { openDocument, openHosted, type DocumentOptions } from '../../../../../src/core/asl/index.ts';
import { applyChanges } from '../../../../../src/core/language/lineIndex.ts';
import { toTextChanges } from '../../../../../src/core/language/write.ts';

/** Findings with fixes that add, remove, rename and replace. */
const definition = `{
  "StartAt": "A \\"1\\"",
  "States": {
    "A \\"1\\"": { "Type": "Pass", "Next": "Bee", "Comment": "x" },
    "Bea": {
      "Type": "Task",
      "Resource": "arn:aws:states:::glue:startJobRun.sync",
      "Parameters": {
        "JobName": "$.name",
        "Jobname": 1
      },
      "TimeoutSeconds": 5,
      "TimeoutSecondsPath": "$.timeout",
      "Next": "C",
      "End": true
    },
    "C": {
      "Type": "Wait",
      "Secnds": 5
    },
    "D": { "Type": "Succeed", "Next": "C" },
    "E": {"Type": "Pass", "End": "true"}
  }
}`;
const indented = (text: string, by: string): string => text.replaceAll('\n', `\n${by}`);

interface Host {
  readonly options: DocumentOptions;
  readonly write: (text: string) => string;
}

const hosts: Readonly<Record<string, Host>> = {
  'block scalar': {
    options: { fileName: 't.yaml' },
    write: (text) =>
      `Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: |\n        ${indented(text, '        ')}\n      RoleArn: x\n`,
  },
  'block scalar of Fn::Sub': {
    options: { fileName: 't.yaml' },
    write: (text) =>
      `Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: !Sub |\n        ${indented(text, '        ')}\n`,
  },
  'JSON string': {
    options: { fileName: 't.template.json' },
    write: (text) =>
      JSON.stringify({
        Resources: { M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: text } } },
      }),
  },
  'Python text': { options: { fileName: 'm.py' }, write: (text) => `D = r"""\n${text}\n"""\n` },
  'Python text with escapes': {
    options: { fileName: 'm.py' },
    write: (text) => `D = '''${text.replaceAll('\\', '\\\\')}'''\n`,
  },
  'Python format string': {
    options: { fileName: 'm.py' },
    write: (text) => `D = rf"""${text.replaceAll(/[{}]/g, '$&$&')}"""\n`,
  },
  'template literal': {
    options: { fileName: 'm.ts' },
    write: (text) => `const d = \`${text.replaceAll('\\', '\\\\')}\`;\n`,
  },
  'TypeScript string': {
    options: { fileName: 'm.ts' },
    write: (text) => `const d = '${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}';\n`,
  },
  heredoc: {
    options: { fileName: 'm.tf' },
    write: (text) =>
      `resource "aws_sfn_state_machine" "m" {\n  definition = <<-EOT\n    ${indented(text, '    ')}\n  EOT\n}\n`,
  },
};

/** Every fix there is, by title: the text of the definition after it. */
function fixesIn(text: string): ReadonlyMap<string, string> {
  const document = openDocument(text, { fileName: 'm.asl.json', machineType: 'STANDARD' });
  return new Map(
    document
      .findings()
      .flatMap(({ code, fixes }) => (fixes ?? []).map((fix) => [`${code} ${fix.title}`, fix] as const))
      .map(([title, { edits }]) => [title, applyChanges(text, toTextChanges(edits, document.tree))]),
  );
}

describe('fixes inside other files', () => {
  const plain = fixesIn(definition);

  it('are of every kind', () => {
    expect(plain.size).toBeGreaterThanOrEqual(6);
  });

  it.each(Object.entries(hosts))('change a %s as they change a file', (_, { options, write }) => {
    const text = write(definition);
    const [held] = openHosted(text, options)?.definitions ?? [];
    const found = (held?.findings() ?? []).flatMap(({ code, fixes }) =>
      (fixes ?? []).map((fix) => [`${code} ${fix.title}`, fix] as const),
    );
    expect(found.map(([title]) => title).sort()).toEqual([...plain.keys()].sort());
    for (const [title, { edits }] of found) {
      const changed = applyChanges(text, toTextChanges(edits, held!.tree));
      const [after] = openHosted(changed, options)?.definitions ?? [];
      const read: unknown = JSON.parse(after?.tree.part?.embedded?.text ?? '');
      expect(read, title).toEqual(JSON.parse(plain.get(title) ?? ''));
      // What is around it stays.
      expect(changed.split('\n')[0]).toBe(write(plain.get(title) ?? '').split('\n')[0]);
    }
  });
});
