import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../../src/core/base/log.ts';
import type { LocalNews } from '../../src/core/runs/localRun.ts';
import { scaffold } from '../../src/core/scaffold/scaffold.ts';
import { NewsQueue } from '../../src/core/runs/newsQueue.ts';
import { runInContainer } from '../../src/extension/localRuns/runInContainer.ts';
import { findEngine } from '../../src/processes/docker/findEngine.ts';
import { sparkModules } from '../../src/processes/python/sparkModules.ts';

// The stand-ins of a run without a container, over a real Spark: the image has one, so nothing is installed for it.
const image = {
  reference: process.env['SLUICE_TEST_GLUE_IMAGE'] ?? '',
  glueVersion: '5.1',
  user: 'hadoop',
  home: '/home/hadoop',
};

/** On the path of Spark's workers as well. */
const over = `${image.home}/over`;

const layOver = `import importlib, os, shutil, sys, awsglue
shutil.copytree(os.path.dirname(awsglue.__file__), "${over}/awsglue")
shutil.copytree("modules/awsglue", "${over}/awsglue", dirs_exist_ok=True)
for name in [name for name in sys.modules if name.split(".")[0] == "awsglue"]: del sys.modules[name]
importlib.invalidate_caches()
sys.path.insert(0, "${over}")
`;

const script = `from awsglue.transforms import *
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame
from awsglue.job import Job

args = getResolvedOptions(sys.argv, ["JOB_NAME", "out"])
glueContext = GlueContext(SparkContext.getOrCreate())
job = Job(glueContext)
job.init(args["JOB_NAME"], args)
glueContext.get_logger().info("begins")
orders = glueContext.create_dynamic_frame.from_options(
    connection_type="s3", connection_options={"paths": ["s3://raw/orders/"], "recurse": True},
    format="csv", format_options={"withHeader": True}, transformation_ctx="orders")
mapped = ApplyMapping.apply(frame=orders, mappings=[
    ("id", "string", "order.id", "long"), ("amount", "string", "amount", "double"), ("gone", "string", "gone", "string")])
big = Filter.apply(frame=ResolveChoice.apply(frame=mapped, choice="make_struct"), f=lambda row: row["amount"] > 1.5 and row["order"]["id"] > 0)
total = Map.apply(frame=big, f=lambda row: dict(row, twice=row["amount"] * 2))
total = RenameField.apply(frame=DropFields.apply(frame=total, paths=["amount"]), old_name="twice", new_name="total")
joined = Join.apply(total.unnest().rename_field(chr(96) + "order.id" + chr(96), "oid"), orders, ["oid"], ["id"])
print("joined", joined.count())
glueContext.write_dynamic_frame.from_options(frame=total.coalesce(1), connection_type="s3",
    connection_options={"path": args["out"]}, format="json")
try:
    total.relationalize("root", "s3://lake/out/x")
except NotImplementedError as error:
    print(error)
job.commit()
`;

/** What "New Glue Job…" writes, in the Spark that runs already. */
const [fresh] = scaffold({ form: 'cli', job: { name: 'fresh-orders', kind: 'spark', bucket: 'scripts' } });
const runFresh = `
import runpy
runpy.run_path("new/fresh.py", run_name="__main__")
`;

test('a script of Glue’s own shape runs on the stand-ins, and what they lack says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-spark-modules-'));
  const file = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  try {
    for (const [name, text] of Object.entries(sparkModules)) file(join('modules', name), text);
    file('data/orders/a.csv', 'id,amount\n1,1.0\n2,2.5\n3,3.5\n');
    file('orders.py', layOver + script + runFresh);
    file('new/fresh.py', fresh?.text ?? '');
    const news = new NewsQueue<LocalNews>(1_000_000);
    const end = await runInContainer(
      {
        engine: await findEngine('docker', process.env),
        image,
        request: {
          job: { name: 'orders', kind: 'spark', arguments: { '--out': 's3://lake/out/' } },
          folder,
          script: 'orders.py',
          scriptText: '',
          runId: `modules-${process.pid}`,
          files: new Map(),
          mappings: [
            { location: 's3://raw', folder: join(folder, 'data') },
            { location: 's3://lake', folder: join(folder, 'lake') },
          ].map((mapping) => {
            mkdirSync(mapping.folder, { recursive: true });
            return mapping;
          }),
          env: { PYTHONPATH: over },
        },
        surroundings: { reach: 'none', region: 'us-east-1', connectionId: 'machine' },
        log: silentLog,
      },
      news,
      new AbortController().signal,
    );
    news.close();
    const lines = (await news.take())?.flatMap((item) => ('text' in item ? item.text.split('\n') : [])) ?? [];
    expect(end, lines.join('\n')).toEqual({ kind: 'exited', code: 0 });
    expect(lines).toContain('joined 2');
    expect(lines).toEqual(expect.arrayContaining(['|     DE|    17|', '|     FR|     5|']));
    expect(lines.join('\n')).toContain("DynamicFrame.relationalize is in AWS's Glue library");
    const written = readdirSync(join(folder, 'lake/out')).find((name) => name.endsWith('.json')) ?? '';
    const rows = readFileSync(join(folder, 'lake/out', written), 'utf8')
      .trim()
      .split('\n')
      .sort();
    expect(rows.map((row) => JSON.parse(row) as unknown)).toEqual([
      { order: { id: 2 }, total: 5 },
      { order: { id: 3 }, total: 7 },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
