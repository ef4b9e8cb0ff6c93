import { describe, expect, it } from 'vitest';
import { logPlaces, streamRole } from '../../../../src/core/runs/logGroups.ts';
import { cleanLogText, levelOf } from '../../../../src/core/runs/logLine.ts';
import { formatIsoLocal, formatLogTime } from '../../../../src/core/runs/logTime.ts';
import { findFailingLine } from '../../../../src/core/runs/traceback.ts';
import { jobRun } from './fakes.ts';

describe('logPlaces', () => {
  const groups = (extra: Parameters<typeof jobRun>[2]) =>
    logPlaces(jobRun('extract', 'jr_1', extra)).map(
      ({ group, prefix, isShared }) => `${group} ${prefix}${isShared ? ' shared' : ''}`,
    );

  it('finds the groups by kind and version of the job', () => {
    expect(groups({ glueVersion: '5.0' })).toEqual(['/aws-glue/jobs/output jr_1', '/aws-glue/jobs/error jr_1']);
    expect(groups({ glueVersion: '3.0', logGroupName: '/aws-glue/python-jobs' })).toEqual([
      '/aws-glue/python-jobs/output jr_1',
      '/aws-glue/python-jobs/error jr_1',
    ]);
    expect(groups({ glueVersion: '5.0', logGroupName: '/aws-glue/jobs/cmk-role/glue' })[0]).toBe(
      '/aws-glue/jobs/cmk-role/glue/output jr_1',
    );
  });

  it('honours custom groups and streams where the version does', () => {
    const custom = { '--custom-logGroup-prefix': '/my/jobs', '--custom-logStream-prefix': 'nightly' };
    expect(groups({ glueVersion: '5.1', arguments: custom })[0]).toBe('/my/jobs/output nightly shared');
    expect(groups({ glueVersion: '4.0', arguments: custom })[0]).toBe('/aws-glue/jobs/output jr_1');
    const continuous = { '--enable-continuous-cloudwatch-log': 'true', '--continuous-log-logGroup': '/c' };
    expect(groups({ glueVersion: '4.0', arguments: continuous })).toContain('/c jr_1');
    expect(groups({ glueVersion: '5.0', arguments: continuous })).toHaveLength(2);
  });

  it('tells driver, executors, progress bar and insights from streams of other runs', () => {
    const [place] = logPlaces(jobRun('extract', 'jr_1'));
    const role = (stream: string) => streamRole(place!, stream);
    expect(role('jr_1')).toEqual({ kind: 'out' });
    expect(role('jr_1-driver')).toEqual({ kind: 'out' });
    expect(role('jr_1-12')).toEqual({ kind: 'out', executor: 12 });
    expect(role('jr_1-progress-bar')).toEqual({ kind: 'progress' });
    expect(role('jr_1-job-insights-rca-driver')).toEqual({ kind: 'insight' });
    expect(role('jr_1_attempt_1')).toBeUndefined();
    expect(role('jr_12')).toBeUndefined();
  });
});

describe('cleanLogText', () => {
  it('keeps what a terminal would show at the end', () => {
    expect(cleanLogText('\u001b[31mred\u001b[0m text\r\n')).toBe('red text');
    expect(cleanLogText('[Stage 1:> (1 + 2) / 8]\r[Stage 1:===> (5 + 2) / 8]\r')).toBe('[Stage 1:===> (5 + 2) / 8]');
    expect(cleanLogText('a\u0000b\u2028c')).toBe('a\ufffdb\ufffdc');
    expect(cleanLogText('two\nlines\n')).toBe('two\nlines');
  });
});

describe('levelOf', () => {
  it.each([
    ['26/11/20 07:30:09 INFO SparkContext: started', 'info'],
    ['2026-11-20 07:30:09,044 WARN  [main] util.Utils: x', 'warn'],
    ['ERROR:root:failed', 'error'],
    ['[WARNING] low disk', 'warn'],
    ['Traceback (most recent call last):', 'error'],
    ["KeyError: 'date'", 'error'],
    ['py4j.protocol.Py4JJavaError: An error occurred', 'error'],
    ['no errors, all INFO is here', undefined],
  ])('%s', (text, level) => {
    expect(levelOf(text)).toBe(level);
  });
});

describe('findFailingLine', () => {
  const traceback = [
    'Traceback (most recent call last):',
    '  File "/tmp/extract.py", line 60, in <module>',
    '    main()',
    '  File "/tmp/extract.py", line 42, in main',
    '    frame = read(spark)',
    '  File "/usr/lib/python3.11/site-packages/pyspark/sql/readwriter.py", line 300, in json',
    '    return self._df(self._jreader.json(path))',
    'pyspark.errors.exceptions.captured.AnalysisException: Path does not exist: s3://raw/orders',
  ];

  it('takes the innermost line of the script, not of a library', () => {
    const expected = {
      file: '/tmp/extract.py',
      line: 42,
      message: 'pyspark.errors.exceptions.captured.AnalysisException: Path does not exist: s3://raw/orders',
    };
    expect(findFailingLine(traceback, undefined, 'extract.py')).toEqual(expected);
    expect(findFailingLine([traceback.join('\n')], undefined, 'extract.py')).toEqual(expected);
    expect(findFailingLine(traceback, undefined, undefined)).toMatchObject({ line: 42 });
  });

  it('takes the last traceback, and one of another script for none', () => {
    const first = ['Traceback (most recent call last):', '  File "extract.py", line 3', "KeyError: 'a'", 'handled'];
    expect(findFailingLine([...first, ...traceback], undefined, 'extract.py')).toMatchObject({ line: 42 });
    expect(findFailingLine(traceback, undefined, 'load.py')).toBeUndefined();
  });

  it("reads Glue's own wordings", () => {
    const message = 'Error Category: QUERY_ERROR; Failed Line Number: 21; AnalysisException: Column cannot be resolved';
    expect(findFailingLine([], message, 'extract.py')).toMatchObject({ line: 21 });
    expect(
      findFailingLine(['File "extract.py", line 7', 'SyntaxError: invalid syntax'], undefined, 'extract.py'),
    ).toMatchObject({
      line: 7,
      message: 'SyntaxError: invalid syntax',
    });
    expect(findFailingLine(['fine'], 'Command failed with exit code 1', 'extract.py')).toBeUndefined();
  });
});

describe('times of a log', () => {
  const at = Date.UTC(2026, 10, 20, 7, 30, 2, 101);
  it('are local, with their zone in the header', () => {
    expect(formatLogTime(at, { timeZone: 'UTC' })).toBe('07:30:02.101');
    expect(formatLogTime(at, { timeZone: 'Asia/Kolkata' })).toBe('13:00:02.101');
    expect(formatIsoLocal(at, { timeZone: 'America/St_Johns' })).toBe('2026-11-20 04:00:02 -03:30');
  });
});
