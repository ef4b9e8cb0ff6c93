import { expect, it } from 'vitest';
import { SparkLines } from '../../../../src/local-account/glue/sparkLines.ts';

it('tells script, system, executor and progress apart', () => {
  let now = 0;
  const lines = new SparkLines({ now: () => now });
  const err = (text: string) => lines.sort({ stream: 'stderr', text })?.kind;
  const out = (text: string) => lines.sort({ stream: 'stdout', text })?.kind;
  expect(out('rows: 12')).toBe('output');
  expect(err('24/03/05 12:00:00 INFO SparkContext: Running Spark version 3.5.4')).toBe('error');
  expect(err('24/03/05 12:00:01 ERROR Executor: Exception in task 0.0 in stage 1.0 (TID 3)')).toBe('executor');
  expect(err('org.apache.spark.api.python.PythonException: Traceback (most recent call last):')).toBe('executor');
  expect(err('\tat org.apache.spark.executor.Executor.run(Executor.scala:1)')).toBe('executor');
  expect(err('24/03/05 12:00:01 WARN TaskSetManager: Lost task 0.0 in stage 1.0 (TID 3)')).toBe('error');
  expect(err('24/03/05 12:00:01 ERROR Executor: again')).toBe('executor');
  expect(err('what the script says on stderr')).toBe('error');
  expect(lines.sort({ stream: 'stderr', text: '[Stage 3:===> (5 + 2) / 8]', isOverwritten: true })).toEqual({
    kind: 'progress',
    text: '[Stage 3:===> (5 + 2) / 8]',
  });
  now = 4999;
  expect(err('[Stage 3:====> (6 + 2) / 8]')).toBeUndefined();
  now = 5000;
  expect(err('[Stage 3:=====> (7 + 1) / 8]')).toBe('progress');
  expect(lines.sort({ stream: 'stderr', text: 'half a line', isOverwritten: true })).toBeUndefined();
  expect(out('Traceback (most recent call last):')).toBe('error');
  expect(out('  File "job.py", line 2')).toBe('error');
  expect(out('ValueError: none')).toBe('error');
  expect(lines.lastError).toBe('ValueError: none');
});
