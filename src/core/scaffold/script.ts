import { scriptName, snakeName } from './names.ts';
import type { JobPlan, ScaffoldFile } from './scaffold.ts';

/** The script of a job, a test of what it does with its rows, and the fixtures of pytest. */
export function scriptFiles(job: JobPlan): readonly ScaffoldFile[] {
  const module = snakeName(job.name);
  const isSpark = job.kind === 'spark';
  return [
    { path: scriptName(job), text: isSpark ? sparkScript(job) : shellScript(job), isMain: true },
    { path: `test_${module}.py`, text: isSpark ? sparkTest(module) : shellTest(module) },
    ...(isSpark ? [{ path: 'conftest.py', text: conftest }] : []),
  ];
}

function sparkScript({ name }: JobPlan): string {
  return `"""${name}: adds up what each country ordered."""

import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from pyspark.sql import functions as F


def transform(orders):
    return orders.groupBy("country").agg(F.sum("amount").alias("amount")).orderBy("country")


def main():
    args = getResolvedOptions(sys.argv, ["JOB_NAME"])
    context = GlueContext(SparkContext.getOrCreate())
    job = Job(context)
    job.init(args["JOB_NAME"], args)
    # Replace the rows by what the job reads: context.spark_session.read.parquet("s3://...").
    rows = [("DE", 10), ("FR", 5), ("DE", 7)]
    orders = context.spark_session.createDataFrame(rows, ["country", "amount"])
    transform(orders).show()
    job.commit()


if __name__ == "__main__":
    main()
`;
}

function sparkTest(module: string): string {
  return `from pyspark.sql import Row

from ${module} import transform


def test_adds_up_each_country(spark):
    orders = spark.createDataFrame([("DE", 10), ("FR", 5), ("DE", 7)], ["country", "amount"])
    assert transform(orders).collect() == [Row(country="DE", amount=17), Row(country="FR", amount=5)]
`;
}

const conftest = `import pytest
from pyspark.sql import SparkSession


@pytest.fixture(scope="session")
def spark():
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    yield session
    session.stop()
`;

function shellScript({ name }: JobPlan): string {
  return `"""${name}: adds up what each country ordered."""

from collections import Counter


def transform(orders):
    amounts = Counter()
    for country, amount in orders:
        amounts[country] += amount
    return dict(sorted(amounts.items()))


def main():
    # Replace the rows by what the job reads, for instance with boto3 from S3.
    rows = [("DE", 10), ("FR", 5), ("DE", 7)]
    for country, amount in transform(rows).items():
        print(f"{country}: {amount}", flush=True)


if __name__ == "__main__":
    main()
`;
}

function shellTest(module: string): string {
  return `from ${module} import transform


def test_adds_up_each_country():
    assert transform([("DE", 10), ("FR", 5), ("DE", 7)]) == {"DE": 17, "FR": 5}
`;
}
