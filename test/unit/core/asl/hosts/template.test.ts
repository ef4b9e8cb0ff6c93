import { describe, expect, it } from 'vitest';
import { openHosted } from '../../../../../src/core/asl/index.ts';
import { underlined } from './underlined.ts';

const sam = `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String}
Resources:
  LoadFunction:
    Type: AWS::Serverless::Function
    Properties: {Handler: app.handler, Runtime: python3.13}
  Pipeline:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Extract
        States:
          Extract:
            Type: Task
            Resource: !Sub arn:\${AWS::Partition}:states:::glue:startJobRun.sync
            Parameters:
              JobName: !Ref JobName
            Next: Transfrom
          Transform:
            Type: Task
            Resource: !GetAtt LoadFunction.Arn
            TimeoutSeconds: !If [Prod, 60, 30]
            End: true
      Policies: [!Ref LoadFunctionRole]
`;

describe('SAM, YAML', () => {
  it('underlines a wrong Next at its place, and a Ref to nothing', () => {
    expect(underlined(sam, { fileName: 'template.yaml' })).toEqual([
      'asl/unknown-resource: JobName',
      'asl/unknown-next: Transfrom',
    ]);
    expect(underlined(sam.replaceAll('\n', '\r\n'), { fileName: 'template.yaml' })).toContain(
      'asl/unknown-next: Transfrom',
    );
  });

  it('takes the machine type from the template', () => {
    const express = sam
      .replace('Transfrom', 'Transform')
      .replace('!Ref JobName', 'x')
      .replace('!Sub arn:${AWS::Partition}', 'arn:aws')
      .replace('    Properties:\n      Definition:', '    Properties:\n      Type: EXPRESS\n      Definition:');
    expect(underlined(express, { fileName: 'template.yaml' })).toEqual(['asl/express-limits: .sync']);
  });
});

const definitionString = `Resources:
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      DefinitionString: !Sub |
        {
          "StartAt": "A",
          "States": {
            "A": {
              "Type": "Task", "Resource": "\${Fn.Arn}",
              "Next": "Bee"
            },
            "B \\"quoted\\"": { "Type": "Wait", "Seconds": \${Seconds}, "Next": "C" },
            "C": { "Type": "Succeed" }
          }
        }
  Fn:
    Type: AWS::Lambda::Function
`;

describe('DefinitionString', () => {
  it('is read in a block scalar with Fn::Sub', () => {
    expect(underlined(definitionString, { fileName: 'a.yml' })).toEqual([
      'asl/unknown-next: "Bee"',
      'asl/unknown-resource: Seconds',
    ]);
  });

  it('knows its name, outline positions and edits', () => {
    const document = openHosted(definitionString, { fileName: 'a.yml' });
    const [definition] = document?.definitions ?? [];
    expect(definition?.name).toBe('Machine');
    const [, state] = definition?.machine?.states ?? [];
    expect(definitionString.slice(state?.key.start, state?.key.end)).toBe('"B \\"quoted\\""');
    expect(definitionString.slice(state?.node.start, state?.node.end)).toMatch(
      /^\{ "Type": "Wait"[^}]*\}, "Next": "C" \}$/,
    );
    expect(document?.definitionAt(definitionString.indexOf('Bee'))).toBe(definition);
    expect(document?.definitionAt(0)).toBeUndefined();
  });

  it('is read in Fn::Sub with a map, in Fn::Join, and in one JSON string', () => {
    const sub = definitionString
      .replace('!Sub |', '!Sub\n        - |')
      .replace(/^ {8}(?=[ {}])/gm, '          ')
      .replace('  Fn:\n', '          \n        - {Seconds: 5}\n  Fn:\n');
    expect(underlined(sub, { fileName: 'a.yml' })).toEqual(['asl/unknown-next: "Bee"']);
    const text = '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"';
    const json = JSON.stringify({
      Resources: {
        Machine: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: {
            DefinitionString: {
              'Fn::Join': ['', [text, { 'Fn::GetAtt': ['Fn', 'Arn'] }, '","Next":"Bee"},"B":{"Type":"Succeed"}}}']],
            },
          },
        },
        Fn: { Type: 'AWS::Lambda::Function' },
      },
    });
    expect(underlined(json, { fileName: 'Stack.template.json' })).toEqual(['asl/unknown-next: \\"Bee\\"']);
    const joined = json.replace('"Fn::GetAtt":["Fn"', '"Fn::GetAtt":["Fnn"');
    expect(underlined(joined, { fileName: 'Stack.template.json' })).toContain('asl/unknown-resource: Fnn');
  });
});

const uri = `Transform: AWS::Serverless-2016-10-31
Resources:
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      DefinitionUri: statemachine/load.asl.json
      DefinitionSubstitutions:
        LoadArn: !GetAtt Load.Arn
        Old: x
        Wrong: {a: 1}
  Load:
    Type: AWS::Serverless::Function
`;

describe('DefinitionUri with DefinitionSubstitutions', () => {
  const file = (text: string | null | undefined) => ({
    fileName: 'template.yaml',
    readFile: (path: string) => (path === 'statemachine/load.asl.json' ? text : null),
  });
  const load = (resource: string, more = '') =>
    `{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${resource}"${more}, "End": true}}}`;

  it('checks the names both ways, values, and the type of the machine', () => {
    expect(underlined(uri, file(load('${LoadArn}', ', "Comment": "${Wrong} ${Missing}"')))).toEqual([
      expect.stringMatching(/^asl\/undefined-substitution: LoadArn: !GetAtt/),
      'asl/unused-substitution: Old',
      'asl/substitution-value: {a: 1}',
    ]);
    expect(underlined(uri, file(load('arn:aws:states:::glue:startJobRun.sync')))).toContain(
      'asl/express-definition-file: statemachine/load.asl.json',
    );
  });

  it('says when there is no such file, and nothing while nobody knows', () => {
    expect(underlined(uri, file(null))).toContain('asl/missing-definition-file: statemachine/load.asl.json');
    expect(underlined(uri, file(undefined))).toEqual(['asl/substitution-value: {a: 1}']);
    expect(underlined(uri, { fileName: 'template.yaml' })).toEqual(['asl/substitution-value: {a: 1}']);
  });
});

it('finds each of several definitions, and takes no template for a definition', () => {
  const text = sam.replace('  Pipeline:', `${definitionString.slice('Resources:\n'.length)}  Pipeline:`);
  const document = openHosted(text, { fileName: 'template.yaml' });
  expect(document?.definitions.map(({ name }) => name)).toEqual(['Machine', 'Pipeline']);
  expect(openHosted('Resources:\n  A: {Type: AWS::S3::Bucket}\n', { fileName: 'b.yaml' })).toBeUndefined();
  expect(underlined('Resources:\n  A: {Type: AWS::StepFunctions::StateMachine}\n', { fileName: 'b.yaml' })).toEqual([]);
});
