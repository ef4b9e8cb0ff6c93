import { describe, expect, it } from 'vitest';
import { openHosted } from '../../../../../src/core/asl/index.ts';
import { underlined } from './underlined.ts';

const pulumi = `import json
import pulumi_aws as aws

region = aws.get_region().name
machine = aws.sfn.StateMachine("etl",
    role_arn=role.arn,
    definition=json.dumps({
        "StartAt": "ExtractData",
        "States": {
            "ExtractData": {
                "Type": "Task",
                "Resource": f"arn:aws:lambda:{region}:{account}:function:{fn}",
                "TimeoutSeconds": timeout,
                "Next": "TransformData",
            },
            'Transform': {
                "Type": "Task", "Resource": job_arn(), "Next": "Done" if x else "Transform", **retries},
            "Done": {"Type": "Succeed"},
        },
    }))
`;

describe('Python', () => {
  it('underlines a wrong Next in a program, and takes what only Python knows as right', () => {
    expect(underlined(pulumi, { fileName: '__main__.py' })).toEqual(['asl/unknown-next: "TransformData"']);
    expect(underlined(pulumi, { languageId: 'python' })).toEqual(['asl/unknown-next: "TransformData"']);
  });

  it('finds definitions in variables, in calls of an AWS client, and in JSON texts', () => {
    const text = `
d = {"Comment": "x", "StartAt": "A", "States": {"A": {"Type": "Pas", "End": True}}}
sfn.create_state_machine(name="b", definition=json.dumps(d))
sfn.update_state_machine(definition='{"StartAt": "B", "States": {"B": {"Type": "Pass", "Next": "C"}}}')
TEXT = """
{
  "StartAt": "C",
  "States": {"C": {"Type": "Pass", "Ende": true}}
}
"""
OTHER = "{% if x %}"
`;
    expect(underlined(text, { fileName: 'a.py' })).toEqual([
      'asl/state-type: "Pas"',
      'asl/unknown-next: "C"',
      'asl/transition-required: "C"',
      'asl/unsupported-field: "Ende"',
    ]);
    expect(openHosted(text, { fileName: 'a.py' })?.definitions).toHaveLength(3);
  });

  it('is silent where states, names and fields come from elsewhere', () => {
    const text = `
d = {"StartAt": FIRST, "States": {
    "A": task("a"), f"B{i}": {"Type": "Pass", "Next": "C"}, NAME: {**base, "Type": "Choice"},
    "D": {"Type": "Task", **rest}, "E": {"Type": "Parallel", "Branches": branches, "End": True},
    "F": {"Type": "Parallel", "Branches": [branch, {"StartAt": "G", "States": {"G": last}}], "End": True},
    "M": {"Type": "Map", "ItemProcessor": processor, "Next": f"B{i}"}, **more}}
e = {"StartAt": "A", "States": {"A": {"Type": "Map", "End": True, "ItemProcessor": {
    "ProcessorConfig": config, "StartAt": "X", "States": {name: {"Type": "Pass", "End": True} for name in names}}}}}
f = {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "X", "States": {"X": {"Type": "Pass", "Next": "Y"}}}
`;
    expect(underlined(text, { fileName: 'a.py' })).toEqual([]);
  });

  it('reads fragments of a JSONata machine as JSONata', () => {
    const text = `
branch = {"StartAt": "X", "States": {"X": {"Type": "Pass", "Output": "{% $states.input %}", "End": True}}}
d = {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Parallel", "Branches": [branch], "End": True}}}
`;
    expect(underlined(text, { fileName: 'a.py' })).toEqual([]);
  });
});

describe('TypeScript', () => {
  it('underlines a wrong Next in an object, in JSON.stringify and in a template literal', () => {
    const text = `
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
new sfn.CfnStateMachine(this, 'A', {
  stateMachineType: 'STANDARD',
  definition: {
    StartAt: 'Load',
    States: { Load: { Type: 'Task', Resource: \`arn:\${Aws.PARTITION}:states:::glue:startJobRun\`, Parameters: { JobName: job.name }, Next: 'Done!' }, Done: { Type: 'Succeed' } },
  },
} as sfn.CfnStateMachineProps);
const s = JSON.stringify({ StartAt: 'B', States: { 'B': { Type: 'Pass', Next: next() }, C: { ...base, "Type": 'Pass' } } });
const t = \`{"StartAt": "D", "States": {"D": {"Type": "Task", "Resource": "\${arn}", "Next": "\\u0045"}}}\`;
`;
    expect(underlined(text, { fileName: 'stack.ts' })).toEqual([
      "asl/unknown-next: 'Done!'",
      'asl/unknown-next: "\\u0045"',
    ]);
  });
});

it('takes no text for a definition that something fills in first', () => {
  const text = (value: string): string =>
    `{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": ${value}, "End": true}}}`;
  for (const value of ['%s', '"%(arn)s"', '"$arn"', '{% if x %} "a" {% endif %}']) {
    expect(underlined(`D = \"\"\"${text(value)}\"\"\"\n`, { fileName: 'm.py' }), value).toEqual([]);
  }
  expect(underlined(`D = \"\"\"${text('"{% $states.input %}"')}\"\"\"\n`, { fileName: 'm.py' })).not.toEqual([]);
});
