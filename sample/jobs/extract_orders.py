"""Reads the orders of one day and writes them per country.

s3://<input_bucket>/orders/<date>.csv  ->  s3://<output_bucket>/extracted/<date>/<country>.csv
"""

import csv
import io
import sys

import boto3
from awsglue.utils import getResolvedOptions
from botocore.exceptions import ClientError

args = getResolvedOptions(sys.argv, ["input_bucket", "output_bucket", "date"])
s3 = boto3.client("s3")


def read_orders(bucket, key):
    print(f"INFO  Reading s3://{bucket}/{key}", flush=True)
    try:
        body = s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode("utf-8")
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchKey":
            raise
        print(f"WARN  No orders on {args['date']}: s3://{bucket}/{key} does not exist", flush=True)
        return []
    return list(csv.DictReader(io.StringIO(body)))


def write_orders(bucket, key, orders):
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(orders[0]))
    writer.writeheader()
    writer.writerows(orders)
    s3.put_object(Bucket=bucket, Key=key, Body=text.getvalue().encode("utf-8"))
    print(f"INFO  Wrote {len(orders)} orders to s3://{bucket}/{key}", flush=True)


orders = read_orders(args["input_bucket"], f"orders/{args['date']}.csv")
print(f"INFO  {len(orders)} orders on {args['date']}", flush=True)
by_country = {}
for order in orders:
    by_country.setdefault(order["country"], []).append(order)
for country, rows in sorted(by_country.items()):
    write_orders(args["output_bucket"], f"extracted/{args['date']}/{country}.csv", rows)
print(f"INFO  Done: {len(by_country)} countries", flush=True)
