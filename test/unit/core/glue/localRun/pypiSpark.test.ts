import { describe, expect, test } from 'vitest';
import { pickPypiSpark, planPypiSpark, type PypiSpark } from '../../../../../src/core/glue/localRun/index.ts';

const spark: PypiSpark = { version: '3.5.6', hadoop: '3.3.4', java: { from: 8, to: 21 } };
const request = {
  job: { name: 'orders', kind: 'spark', arguments: {} },
  spark,
  scriptText: '',
  reach: 'aws',
  region: 'eu-central-1',
  mappings: [],
  jars: [],
  ivyFolder: '/cache/ivy',
} as const;

describe('the Spark of PyPI', () => {
  test.each([
    ['5.1', '3.11.7', '3.5.6', undefined],
    ['5.0', '3.9.2', '3.5.4', undefined],
    [undefined, '3.12.1', '3.5.6', undefined],
    ['6.0', '3.13.0', '4.1.1', undefined],
    ['4.0', '3.11.7', '3.5.4', "Spark 3.5.4 takes the place of Glue 4.0's 3.3.0, which does not run on Python 3.11."],
    ['5.1', '3.13.0', '4.1.1', "Spark 4.1.1 takes the place of Glue 5.1's 3.5.6, which does not run on Python 3.13."],
    ['6.0', '3.9.2', '3.5.6', "Spark 3.5.6 takes the place of Glue 6.0's 4.1.1, which does not run on Python 3.9."],
  ])('of Glue %s on Python %s is %s', (glueVersion, python, version, note) => {
    const choice = pickPypiSpark(glueVersion, python);
    expect(choice).toMatchObject({ kind: 'spark', spark: { version } });
    expect(choice.kind === 'spark' ? choice.note : undefined).toBe(note);
  });

  test('is none for a Python that no Spark knows', () => {
    expect(pickPypiSpark('5.1', '3.40.0')).toEqual({
      kind: 'none',
      message: 'No Spark of PyPI runs on Python 3.40.',
    });
  });
});

describe('how it is started', () => {
  test('S3 is fetched for scripts that name it, and for no others', () => {
    const reads = 'spark.read.csv("s3://raw-bucket/orders/")';
    const { submitArguments, warnings } = planPypiSpark({ ...request, scriptText: reads });
    expect(submitArguments).toContain('--packages org.apache.hadoop:hadoop-aws:3.3.4');
    expect(submitArguments).toContain('spark.hadoop.fs.s3a.endpoint.region=eu-central-1');
    expect(warnings.join(' ')).toContain('Maven Central');
    const mapped = { ...request, scriptText: reads, mappings: [{ location: 's3://raw-bucket', folder: '/data' }] };
    for (const other of [request, mapped, { ...request, scriptText: reads, reach: 'none' } as const]) {
      expect(planPypiSpark(other).submitArguments).not.toContain('--packages');
    }
  });

  test('the Local connection is where S3 is', () => {
    const scriptText = 'glueContext.create_dynamic_frame.from_catalog(database="a", table_name="b")';
    const local = { ...request, scriptText, reach: 'local', endpoint: 'http://127.0.0.1:4599' } as const;
    expect(planPypiSpark(local).submitArguments).toContain('spark.hadoop.fs.s3a.endpoint=http://127.0.0.1:4599');
  });

  test('words arrive whole in a shell', () => {
    const values = { '--conf': `spark.app.name=it's --conf spark.a=b c` };
    const { submitArguments } = planPypiSpark({ ...request, job: { ...request.job, arguments: values } });
    expect(submitArguments).toContain(`--conf 'spark.app.name=it'"'"'s' --conf 'spark.a=b c' pyspark-shell`);
  });

  test('folders of Windows are locations', () => {
    const mappings = [{ location: 's3://raw', folder: 'C:\\data\\raw' }];
    expect(planPypiSpark({ ...request, mappings }).submitArguments).toContain('plainfile:///C:/data/raw');
  });
});
