"""Writes the report of one day from the totals of its countries.

s3://<bucket>/transformed/<date>/*.json
s3://<bucket>/reference/countries.csv   ->  s3://<bucket>/reports/<date>.csv
"""

import csv
import io
import json
import sys
from decimal import Decimal

import boto3
from awsglue.utils import getResolvedOptions

args = getResolvedOptions(sys.argv, ["bucket", "date"])
s3 = boto3.client("s3")


def read(key):
    print(f"INFO  Reading s3://{args['bucket']}/{key}", flush=True)
    return s3.get_object(Bucket=args["bucket"], Key=key)["Body"].read().decode("utf-8")


names = {row["country"]: row["name"] for row in csv.DictReader(io.StringIO(read("reference/countries.csv")))}
countries = []
for page in s3.get_paginator("list_objects_v2").paginate(
    Bucket=args["bucket"], Prefix=f"transformed/{args['date']}/"
):
    for item in page.get("Contents", []):
        countries.append(json.loads(read(item["Key"])))

text = io.StringIO()
writer = csv.writer(text)
writer.writerow(["country", "orders", "total"])
for country in sorted(countries, key=lambda entry: Decimal(entry["total"]), reverse=True):
    name = names.get(country["country"], country["country"])
    writer.writerow([name, country["orders"], country["total"]])
    print(f"INFO  {name}: {country['orders']} orders, {country['total']} EUR", flush=True)

key = f"reports/{args['date']}.csv"
s3.put_object(Bucket=args["bucket"], Key=key, Body=text.getvalue().encode("utf-8"))
print(f"INFO  Wrote s3://{args['bucket']}/{key}", flush=True)
