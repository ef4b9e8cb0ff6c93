import { describe, expect, it } from 'vitest';
import { readHost } from '../../../../../src/core/language/hosts/readHost.ts';
import { intrinsicOf } from '../../../../../src/core/language/hosts/intrinsics.ts';
import { plain, sourceOf, unitsOf } from './outline.ts';

function template(text: string, fileName = 'template.yaml') {
  const host = readHost(text, { fileName });
  if (host?.kind !== 'template') throw new Error('no template');
  return host;
}

const yaml = `AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Job:
    Type: AWS::Glue::Job
    Properties:
      Role: !GetAtt Role.Arn
      Name: !Sub etl-\${Stage}
      Command:
        Fn::If: [Prod, {Name: glueetl}, !Ref AWS::NoValue]
      Text: !Sub
        - |
          a
          \${X}b
        - X: !Ref Y
      Joined: !Join
        - ''
        - - 'arn:'
          - !GetAtt [F, Arn]
          - "x\\ty"
  Other:
    Type: Custom::Thing
`;

describe('readHost of a template', () => {
  it('lists resources, with functions as unknown values or texts', () => {
    const { resources } = template(yaml);
    expect(resources.map(({ logicalId, type }) => [logicalId, type])).toEqual([
      ['Job', 'AWS::Glue::Job'],
      ['Other', 'Custom::Thing'],
    ]);
    expect(plain(resources[0]?.properties)).toEqual({
      Role: '?Fn::GetAtt',
      Name: 'etl-${Stage}',
      Command: '?Fn::If',
      Text: 'a\n${X}b\n',
      Joined: 'arn:${F.Arn}x\ty',
    });
  });

  it('keeps positions in the file, inside of functions as well', () => {
    const properties = template(yaml).resources[0]?.properties;
    const value = (name: string) => properties?.get(name);
    const role = value('Role');
    expect(sourceOf(yaml, role)).toBe('!GetAtt Role.Arn');
    const intrinsic = role && intrinsicOf(role);
    expect(intrinsic?.name).toBe('Fn::GetAtt');
    expect(sourceOf(yaml, intrinsic?.argument)).toBe('Role.Arn');
    expect(unitsOf(yaml, value('Name')).join('')).toBe('etl-${Stage}');
    expect(unitsOf(yaml, value('Text'))).toEqual(['a', '\n', '$', '{', 'X', '}', 'b', '\n']);
    expect(unitsOf(yaml, value('Joined')).slice(-3)).toEqual(['x', '\\t', 'y']);
    const joined = value('Joined');
    if (joined?.kind !== 'string') throw new Error('no text');
    expect(yaml.slice(joined.at(0), joined.endAt(4))).toBe('arn:');
    const command = value('Command');
    const condition = command && intrinsicOf(command)?.argument;
    expect(condition?.kind === 'array' ? condition.items.map((item) => sourceOf(yaml, item)) : []).toEqual([
      'Prod',
      '{Name: glueetl}',
      '!Ref AWS::NoValue',
    ]);
  });

  it('reads JSON alike', () => {
    const text = JSON.stringify(
      {
        Resources: {
          J: {
            Type: 'AWS::Glue::Job',
            Properties: { Role: { 'Fn::GetAtt': ['R', 'Arn'] }, S: { 'Fn::Join': ['', ['a"', { Ref: 'B' }, 'c']] } },
          },
        },
      },
      undefined,
      2,
    );
    const properties = template(text, 'Stack.template.json').resources[0]?.properties;
    expect(plain(properties)).toEqual({ Role: '?Fn::GetAtt', S: 'a"${B}c' });
    const units = unitsOf(text, properties?.get('S'));
    expect([...units.slice(0, 2), units.at(-1)]).toEqual(['a', '\\"', 'c']);
    const role = properties?.get('Role');
    expect(sourceOf(text, role && intrinsicOf(role)?.argument)?.replaceAll(/\s/g, '')).toBe('["R","Arn"]');
  });

  it('is no template without a resource of AWS', () => {
    expect(readHost('Resources:\n  - AWS::X', { fileName: 'a.yaml' })).toBeUndefined();
    expect(readHost('{"a": 1}', { fileName: 'a.json' })).toBeUndefined();
    expect(readHost('{"StartAt": "AWS::", "Resources": {}}', { fileName: 'a.asl.json' })).toBeUndefined();
  });
});
