import { describe, expect, it } from 'vitest';
import { validate } from '../../../../src/core/validate.ts';

const task = (parameters: object, resource = 'arn:aws:states:::sns:publish'): object => ({
  Type: 'Task',
  Resource: resource,
  Parameters: { Message: 'x', ...parameters },
  End: true,
});

/** `code severity: what is underlined` of the rules about ARNs. */
function found(states: Record<string, object>): string[] {
  const [StartAt = ''] = Object.keys(states);
  const branches = Object.entries(states).map(([name, state]) => ({ StartAt: name, States: { [name]: state } }));
  const text = JSON.stringify(
    { StartAt: 'All', States: { All: { Type: 'Parallel', Branches: branches, End: true } }, Comment: StartAt },
    undefined,
    1,
  );
  const lines = text.split('\n');
  return validate(text, { fileName: 'a.asl.json' })
    .filter(({ code }) => /arn|sample-value/.test(code))
    .map(({ code, severity, range }) => {
      const { start, end } = range;
      return `${code} ${severity}: ${lines[start.line]?.slice(start.character, end.character) ?? ''}`;
    });
}

describe('ARNs in a definition', () => {
  it('are warned of where their form is wrong, at the part that is', () => {
    expect(found({ A: task({ TopicArn: 'arn:aws:sns:eu-west-1:11112222333:alerts' }) })).toEqual([
      'asl/arn-form 2: 11112222333',
    ]);
  });

  it('are left alone where an expression or a placeholder makes them', () => {
    expect(found({ A: task({ 'TopicArn.$': '$.topic', Subject: 'arn:aws:sns:${Region}:${Account}:x' }) })).toEqual([]);
  });

  it('are told of once where they are samples', () => {
    const sample = 'arn:aws:sns:REGION:ACCOUNT_ID:alerts';
    expect(found({ A: task({ TopicArn: sample }), B: task({ TopicArn: sample }) })).toEqual([
      `asl/sample-value 4: "${sample}"`,
    ]);
  });

  it('of another region are hinted at, of another partition warned of', () => {
    const given = {
      A: task({ TopicArn: 'arn:aws:sns:eu-west-1:111122223333:alerts' }),
      B: task({ TopicArn: 'arn:aws:sns:us-east-1:111122223333:alerts' }),
      C: task({ TopicArn: 'arn:aws-cn:sns:cn-north-1:111122223333:alerts' }),
    };
    expect(found(given).map((one) => one.slice(0, 16))).toEqual(['asl/mixed-arns 4', 'asl/mixed-arns 2']);
  });

  it('are no names of jobs', () => {
    const job = task(
      { JobName: 'arn:aws:glue:eu-west-1:111122223333:job/load' },
      'arn:aws:states:::glue:startJobRun.sync',
    );
    expect(found({ A: job })).toContain('asl/name-not-arn 2: "arn:aws:glue:eu-west-1:111122223333:job/load"');
  });
});
