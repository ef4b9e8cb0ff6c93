import { describe, expect, it } from 'vitest';
import { logGroupOf, runStreams } from '../../../../src/local-account/glue/runStreams.ts';

const runOf = (definition: object, args: Readonly<Record<string, string>> = {}) => ({
  id: 'jr_1',
  arguments: args,
  overrides: {},
  definition: { Command: { Name: 'glueetl' }, Role: 'arn:aws:iam::1:role/deep/etl', ...definition },
});

/** `group stream` of every place, by kind. */
function placesOf(...run: Parameters<typeof runOf>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(runStreams(runOf(...run))).map(([kind, targets]) => [
      kind,
      targets.map(({ group, stream }) => `${group} ${stream}`),
    ]),
  );
}

describe('the streams of a run', () => {
  it('are named after it for a Python shell job', () => {
    expect(placesOf({ Command: { Name: 'pythonshell' } })).toMatchObject({
      output: ['/aws-glue/python-jobs/output jr_1'],
      error: ['/aws-glue/python-jobs/error jr_1'],
    });
  });

  it('are apart for driver and executors from Glue 5.0 on', () => {
    expect(placesOf({ GlueVersion: '5.0' })).toEqual({
      output: ['/aws-glue/jobs/output jr_1-driver'],
      error: ['/aws-glue/jobs/error jr_1-driver'],
      executor: ['/aws-glue/jobs/error jr_1-1'],
      progress: ['/aws-glue/jobs/error jr_1-progress-bar'],
    });
    const custom = { '--custom-logGroup-prefix': '/team/etl', '--custom-logStream-prefix': 'nightly' };
    expect(placesOf({ GlueVersion: '5.1' }, custom)).toMatchObject({
      output: ['/team/etl/output nightly-driver'],
      executor: ['/team/etl/error nightly-1'],
    });
  });

  it('are beside those of continuous logging up to Glue 4.0', () => {
    expect(placesOf({ GlueVersion: '4.0' })).toEqual({
      output: ['/aws-glue/jobs/output jr_1'],
      error: ['/aws-glue/jobs/error jr_1'],
      executor: ['/aws-glue/jobs/error jr_1-g-1'],
      progress: [],
    });
    expect(placesOf({ GlueVersion: '4.0' }, { '--enable-continuous-cloudwatch-log': 'true' })).toEqual({
      output: ['/aws-glue/jobs/output jr_1'],
      error: ['/aws-glue/jobs/error jr_1', '/aws-glue/jobs/logs-v2 jr_1-driver'],
      executor: ['/aws-glue/jobs/error jr_1-g-1', '/aws-glue/jobs/logs-v2 jr_1-1'],
      progress: ['/aws-glue/jobs/logs-v2 jr_1-progress-bar'],
    });
    const custom = {
      '--enable-continuous-cloudwatch-log': 'true',
      '--continuous-log-logGroup': '/team/etl',
      '--continuous-log-logStreamPrefix': 'nightly',
    };
    expect(placesOf({ GlueVersion: '3.0' }, custom)['progress']).toEqual(['/team/etl nightly-progress-bar']);
  });

  it('lie in groups with the role and the security configuration', () => {
    const secured = { SecurityConfiguration: 'kms' };
    expect(logGroupOf(runOf({ GlueVersion: '5.0', ...secured }))).toBe('/aws-glue/jobs/kms-role/etl');
    expect(logGroupOf(runOf({ GlueVersion: '4.0', ...secured }))).toBe('/aws-glue/jobs-etl-kms');
  });
});
