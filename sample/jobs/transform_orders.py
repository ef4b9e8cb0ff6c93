"""Adds up the orders of one country, customer by customer.

s3://<bucket>/extracted/<date>/<country>.csv  ->  s3://<bucket>/transformed/<date>/<country>.json
"""

import csv
import io
import json
import sys
import time
from decimal import Decimal
from pathlib import PurePosixPath

import boto3
from awsglue.utils import getResolvedOptions

args = getResolvedOptions(sys.argv, ["bucket", "key", "pause_seconds"])
s3 = boto3.client("s3")


def total_of(order):
    return int(order["quantity"]) * Decimal(order["price"])


source = PurePosixPath(args["key"])
print(f"INFO  Reading s3://{args['bucket']}/{source}", flush=True)
body = s3.get_object(Bucket=args["bucket"], Key=str(source))["Body"].read().decode("utf-8")
orders = list(csv.DictReader(io.StringIO(body)))

totals = {}
for number, order in enumerate(orders, start=1):
    customer = totals.setdefault(order["customer"], {"orders": 0, "total": Decimal(0)})
    customer["orders"] += 1
    customer["total"] += total_of(order)
    if number % 10 == 0 or number == len(orders):
        print(f"INFO  {source.stem}: {number} of {len(orders)} orders", flush=True)
        # Slows the job down, so that there is something to watch.
        time.sleep(float(args["pause_seconds"]))

target = f"transformed/{source.parent.name}/{source.stem}.json"
result = {
    "country": source.stem,
    "orders": len(orders),
    "total": str(sum((customer["total"] for customer in totals.values()), Decimal(0))),
    "customers": {
        name: {"orders": customer["orders"], "total": str(customer["total"])}
        for name, customer in sorted(totals.items())
    },
}
s3.put_object(Bucket=args["bucket"], Key=target, Body=json.dumps(result, indent=2).encode("utf-8"))
print(f"INFO  Wrote s3://{args['bucket']}/{target}: {len(totals)} customers, {result['total']} EUR", flush=True)
