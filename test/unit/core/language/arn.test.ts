import { describe, expect, it } from 'vitest';
import { arnProblem, samplesIn } from '../../../../src/core/language/arn.ts';

/** What is underlined, and what is said of it. */
function told(text: string): string | undefined {
  const problem = arnProblem(text);
  return problem && `${text.slice(problem.from, problem.to)}: ${problem.message}`;
}

describe('the form of an ARN', () => {
  it.each([
    'arn:aws:lambda:eu-west-1:111122223333:function:load:PROD',
    'arn:aws:lambda:eu-west-1:111122223333:function:load:$LATEST',
    'arn:aws:iam::111122223333:role/service-role/Glue',
    'arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole',
    'arn:aws-us-gov:sns:us-gov-west-1:111122223333:alerts',
    'arn:aws:s3:::bucket/key',
    'arn:aws:states:::glue:startJobRun.sync',
    'arn:aws:kms:us-east-1:111122223333:alias/data',
    'arn:aws:dynamodb:us-east-1:111122223333:table/orders/index/day',
    'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:${Topic}',
    'arn:aws:lambda:REGION:ACCOUNT_ID:function:FUNCTION_NAME',
    'arn:aws:events:eu-west-1:111122223333:event-bus/orders',
    'arn:aws:somethingnew:eu-west-1:111122223333:anything',
    'no ARN at all',
  ])('is right: %s', (text) => {
    expect(told(text)).toBeUndefined();
  });

  it.each([
    ['arn:aws:sns:eu-west-1:11112222333:alerts', '11112222333: "11112222333" is no account'],
    ['arn:aws:sns:eu-west1:111122223333:alerts', 'eu-west1: "eu-west1" is no region'],
    ['arn:aws:sns:cn-north-1:111122223333:alerts', 'cn-north-1: The region cn-north-1 is in the partition aws-cn'],
    ['arn:awz:sns:eu-west-1:111122223333:alerts', 'awz: There is no partition "awz"'],
    ['arn:aws:iam:eu-west-1:111122223333:role/x', 'eu-west-1: ARNs of iam name no region'],
    ['arn:aws:lambda:eu-west-1:111122223333:load', 'load: The ARN of lambda ends in function:<name>'],
    ['arn:aws:kms:eu-west-1:111122223333:1234-5678', '1234-5678: The ARN of kms ends in key/<id>'],
    ['arn:aws:sqs::111122223333:queue', 'The ARN of sqs lacks the region'],
    ['ARN:aws:sqs:eu-west-1:111122223333:queue', 'ARN: An ARN begins with "arn:"'],
    ['arn:aws:sqs:eu-west-1', 'arn:aws:sqs:eu-west-1: An ARN has six parts'],
  ])('is wrong: %s', (text, expected) => {
    expect(told(text)).toContain(expected);
  });
});

describe('samples', () => {
  it.each([
    ['arn:aws:lambda:REGION:ACCOUNT_ID:function:FUNCTION_NAME', ['REGION', 'ACCOUNT_ID', 'FUNCTION_NAME']],
    ['arn:aws:sns:eu-west-1:123456789012:alerts', ['123456789012']],
    ['arn:aws:sns:{REGION}:{ACCOUNT-NUMBER}:alerts', ['{REGION}', '{ACCOUNT-NUMBER}']],
    ['s3://<your-bucket>/load.py', ['<your-bucket>']],
    ['arn:aws:lambda:eu-west-1:111122223333:function:LOAD_ORDERS', []],
    ['s3://bucket/LOAD_ORDERS', []],
    ['a < b and b > c', []],
  ])('%s', (text, expected) => {
    expect(samplesIn(text)).toEqual(expected);
  });
});
