import { describe, expect, it } from 'vitest';
import { glueArn } from '../../../../src/core/connections/arn.ts';
import { localConnection, profileConnection } from '../../../../src/core/connections/connection.ts';
import { consoleUrl } from '../../../../src/core/connections/consoleUrl.ts';

describe('console addresses', () => {
  it('leads to the page of the region and its partition', () => {
    const job = { kind: 'job', name: 'load orders/eu' } as const;
    expect(consoleUrl(profileConnection('dev', 'eu-west-1'), job)).toBe(
      'https://eu-west-1.console.aws.amazon.com/gluestudio/home?region=eu-west-1#/editor/job/load%20orders%2Feu/details',
    );
    expect(consoleUrl(profileConnection('dev', 'cn-north-1'), job)).toContain('//cn-north-1.console.amazonaws.cn/');
    expect(consoleUrl(profileConnection('dev', 'us-gov-west-1'), job)).toContain('console.amazonaws-us-gov.com/');
  });

  it('knows Express executions from Standard ones by their ARN', () => {
    const connection = profileConnection('dev', 'eu-west-1');
    const express = 'arn:aws:states:eu-west-1:123456789012:express:m:e:1';
    expect(consoleUrl(connection, { kind: 'execution', arn: express })).toContain('#/express-executions/details/');
    expect(consoleUrl(connection, { kind: 'execution', arn: express.replace('express', 'execution') })).toContain(
      '#/v2/executions/details/',
    );
  });

  it('has none for what is on this machine or in a partition without a public console', () => {
    expect(consoleUrl(localConnection, { kind: 'workflow', name: 'w' })).toBeUndefined();
    expect(consoleUrl(profileConnection('p', 'us-isob-east-1'), { kind: 'workflow', name: 'w' })).toBeUndefined();
  });
});

describe('Glue ARNs', () => {
  it('carry the partition of the region', () => {
    const place = { region: 'cn-north-1', accountId: '123456789012' };
    expect(glueArn('job', 'a', place)).toBe('arn:aws-cn:glue:cn-north-1:123456789012:job/a');
  });
});
