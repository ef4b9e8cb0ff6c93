import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// What every container test relies on: the stand-in keeps the contract of AWS's Glue 5 image.
const image = process.env['SLUICE_TEST_GLUE_IMAGE'] ?? '';
const script = `
import sys
from awsglue.utils import getResolvedOptions
from pyspark.sql import SparkSession

args = getResolvedOptions(sys.argv, ["JOB_NAME", "target"])
spark = SparkSession.builder.appName(args["JOB_NAME"]).getOrCreate()
spark.range(1000).selectExpr("id % 4 as bucket").groupBy("bucket").count().coalesce(1).write.json(args["target"])
`;

let workspace: string;
beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'sluice-container-'));
  writeFileSync(join(workspace, 'job.py'), script);
  mkdirSync(join(workspace, 'out'));
  // The user of the image is not the user of this machine.
  for (const path of [workspace, join(workspace, 'out')]) chmodSync(path, 0o777);
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

function docker(...args: readonly string[]): string {
  return execFileSync('docker', ['run', '--rm', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

test('the entrypoint is a login shell of hadoop, at home', () => {
  expect(docker(image, '-c', 'whoami; pwd')).toBe('hadoop\n/home/hadoop\n');
});

test('a Spark job with Glue arguments writes into the mounted workspace', () => {
  const command = 'spark-submit workspace/job.py --JOB_NAME groups --target workspace/out/groups';
  docker('-v', `${workspace}:/home/hadoop/workspace`, image, '-c', command);
  const folder = join(workspace, 'out/groups');
  const part = readdirSync(folder).find((name) => name.endsWith('.json')) ?? '';
  const rows = readFileSync(join(folder, part), 'utf8').trim().split('\n');
  expect(rows.map((row) => (JSON.parse(row) as { count: number }).count)).toEqual([250, 250, 250, 250]);
});
