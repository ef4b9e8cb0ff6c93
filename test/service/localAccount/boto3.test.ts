import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';
import { pythonWithClients, runPython } from './pythonClients.ts';

let account: TestAccount;
let python: string;

beforeAll(async () => {
  account = await startTestAccount();
  python = await pythonWithClients();
}, 300_000);
afterAll(async () => {
  await account.dispose();
});

it('works with boto3 through buckets, jobs, machines and logs unchanged', { timeout: 120_000 }, async () => {
  const output = await runPython(
    python,
    account,
    '-c',
    `
import boto3, io, json, time
s3 = boto3.client("s3")
s3.create_bucket(Bucket="boto")
s3.put_object(Bucket="boto", Key="a b/ü+.txt", Body=b"hello", Metadata={"k": "v"})
assert s3.get_object(Bucket="boto", Key="a b/ü+.txt")["Body"].read() == b"hello"
s3.upload_fileobj(io.BytesIO(b"x" * 20_000_000), "boto", "large.bin")
assert s3.head_object(Bucket="boto", Key="large.bin")["ContentLength"] == 20_000_000
out = io.BytesIO()
s3.download_fileobj("boto", "large.bin", out)
assert len(out.getvalue()) == 20_000_000
for i in range(5):
    s3.put_object(Bucket="boto", Key=f"list/{i}", Body=b"")
pages = s3.get_paginator("list_objects_v2").paginate(Bucket="boto", Prefix="list/", PaginationConfig={"PageSize": 2})
assert [o["Key"] for p in pages for o in p["Contents"]] == [f"list/{i}" for i in range(5)]
assert [p["Prefix"] for p in s3.list_objects(Bucket="boto", Delimiter="/")["CommonPrefixes"]] == ["a b/", "list/"]
url = s3.generate_presigned_url("get_object", Params={"Bucket": "boto", "Key": "a b/ü+.txt"})
import urllib.request
assert urllib.request.urlopen(url).read() == b"hello"
from botocore.config import Config
v4 = boto3.client("s3", config=Config(signature_version="s3v4"))
url = v4.generate_presigned_url("get_object", Params={"Bucket": "boto", "Key": "list/0"}, ExpiresIn=1)
assert urllib.request.urlopen(url).status == 200
time.sleep(2.1)
try:
    urllib.request.urlopen(url)
    assert False
except urllib.error.HTTPError as e:
    assert e.code == 403
try:
    s3.get_object(Bucket="boto", Key="none")
    assert False
except s3.exceptions.NoSuchKey:
    pass
glue = boto3.client("glue")
s3.put_object(Bucket="boto", Key="job.py", Body=b"print('ran')")
glue.create_job(Name="boto", Role="r", Command={"Name": "pythonshell", "ScriptLocation": "s3://boto/job.py"})
try:
    glue.get_job(JobName="none")
    assert False
except glue.exceptions.EntityNotFoundException as e:
    assert "none" in str(e)
run = glue.start_job_run(JobName="boto")["JobRunId"]
while (state := glue.get_job_run(JobName="boto", RunId=run)["JobRun"]["JobRunState"]) not in ("SUCCEEDED", "FAILED"):
    time.sleep(0.1)
assert state == "SUCCEEDED", state
logs = boto3.client("logs")
found = logs.filter_log_events(logGroupName="/aws-glue/python-jobs/output", logStreamNamePrefix=run, filterPattern="ran")
assert [e["message"] for e in found["events"]] == ["ran"]
assert logs.describe_log_streams(logGroupName="/aws-glue/python-jobs/output", logStreamNamePrefix=run)["logStreams"]
sfn = boto3.client("stepfunctions")
definition = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}})
arn = sfn.create_state_machine(name="boto", definition=definition, roleArn="arn:aws:iam::000000000000:role/r", type="EXPRESS")["stateMachineArn"]
sync = boto3.client("stepfunctions", config=Config(inject_host_prefix=False))
assert sync.start_sync_execution(stateMachineArn=arn, input='{"a":1}')["output"] == '{"a":1}'
events = boto3.client("events")
rule = events.put_rule(Name="nightly", ScheduleExpression="cron(0 3 * * ? *)", Description="d")["RuleArn"]
target = {"Id": "m", "Arn": arn, "RoleArn": "arn:aws:iam::000000000000:role/r", "Input": '{"from": "rule"}'}
assert events.put_targets(Rule="nightly", Targets=[target])["FailedEntryCount"] == 0
assert events.list_targets_by_rule(Rule="nightly")["Targets"] == [target]
assert events.list_rule_names_by_target(TargetArn=arn)["RuleNames"] == ["nightly"]
events.disable_rule(Name="nightly")
assert events.describe_rule(Name="nightly")["State"] == "DISABLED"
events.enable_rule(Name="nightly")
assert [(r["Arn"], r["State"]) for r in events.list_rules(NamePrefix="ni")["Rules"]] == [(rule, "ENABLED")]
for bad in ({"ScheduleExpression": "rate(1 minutes)"}, {"EventPattern": "{}"}):
    try:
        events.put_rule(Name="bad", **bad)
        assert False
    except events.exceptions.ClientError as e:
        assert e.response["Error"]["Code"] == "ValidationException"
try:
    events.delete_rule(Name="nightly")
    assert False
except events.exceptions.ClientError as e:
    assert "has targets" in str(e)
events.remove_targets(Rule="nightly", Ids=["m"])
events.delete_rule(Name="nightly")
assert events.list_rules()["Rules"] == []
print("identity", boto3.client("sts").get_caller_identity()["Account"], boto3.client("iam").get_role(RoleName="r")["Role"]["RoleName"])
`,
  );
  expect(output.trim()).toBe('identity 000000000000 r');
});
