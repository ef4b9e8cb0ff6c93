"""Drives every operation that the local account says it answers; prints those that no call of this script reached.

Its one argument is the account's own table, as JSON: operations by service.
"""

import json
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from urllib.parse import parse_qs, urlsplit

known = json.loads(sys.argv[1])
reached = {service: set() for service in known}


def note_operation(http_response, model, **_):
    if http_response.status_code < 300:
        reached[model.service_model.signing_name].add(model.name)


def note_request(request, **_):
    url = urlsplit(request.url)
    parts = url.path.lstrip("/").split("/", 1)
    level = "service" if parts[0] == "" else "object" if len(parts) == 2 and parts[1] else "bucket"
    plain = f"{request.method} {level}"
    names = [f"{plain} {key}" for key in parse_qs(url.query, keep_blank_values=True)]
    reached["s3"].add(next((name for name in names if name in known["s3"]), plain))


def client(name, **more):
    made = boto3.client(name, config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False, **more))
    if name == "s3":
        made.meta.events.register("before-send.s3", note_request)
    else:
        made.meta.events.register("after-call", note_operation)
    return made


def until(ask, wanted, seconds=60):
    end = time.time() + seconds
    while True:
        value = ask()
        if value in wanted:
            return value
        assert time.time() < end, f"{value} is none of {wanted}"
        time.sleep(0.1)


def refused(code, call, **params):
    try:
        call(**params)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return error.response["Error"]["Message"]
    raise AssertionError(f"{code} was expected")


s3, glue, sfn, logs, events, iam = (client(n) for n in ("s3", "glue", "stepfunctions", "logs", "events", "iam"))
ROLE = "arn:aws:iam::000000000000:role/every"

# S3
s3.create_bucket(Bucket="every")
s3.head_bucket(Bucket="every")
assert "every" in [b["Name"] for b in s3.list_buckets()["Buckets"]]
assert s3.get_bucket_location(Bucket="every")["LocationConstraint"] is None
assert "Status" not in s3.get_bucket_versioning(Bucket="every")
put = s3.put_object(Bucket="every", Key="a.txt", Body=b"hello", ContentType="text/plain", Tagging="k=v")
assert s3.get_object(Bucket="every", Key="a.txt")["Body"].read() == b"hello"
assert s3.head_object(Bucket="every", Key="a.txt")["ETag"] == put["ETag"]
assert s3.get_object_attributes(Bucket="every", Key="a.txt", ObjectAttributes=["ObjectSize"])["ObjectSize"] == 5
assert s3.get_object_tagging(Bucket="every", Key="a.txt")["TagSet"] == [{"Key": "k", "Value": "v"}]
s3.put_object_tagging(Bucket="every", Key="a.txt", Tagging={"TagSet": [{"Key": "x", "Value": "y"}]})
s3.delete_object_tagging(Bucket="every", Key="a.txt")
assert s3.get_object_tagging(Bucket="every", Key="a.txt")["TagSet"] == []
s3.copy_object(Bucket="every", Key="b.txt", CopySource={"Bucket": "every", "Key": "a.txt"})
assert [o["Key"] for o in s3.list_objects_v2(Bucket="every")["Contents"]] == ["a.txt", "b.txt"]
upload = s3.create_multipart_upload(Bucket="every", Key="parts")["UploadId"]
parts = [
    {"PartNumber": n, "ETag": s3.upload_part(Bucket="every", Key="parts", UploadId=upload, PartNumber=n, Body=body)["ETag"]}
    for n, body in ((1, b"x" * 5 * 1024 * 1024), (2, b"y"))
]
assert [p["PartNumber"] for p in s3.list_parts(Bucket="every", Key="parts", UploadId=upload)["Parts"]] == [1, 2]
assert [u["Key"] for u in s3.list_multipart_uploads(Bucket="every")["Uploads"]] == ["parts"]
s3.complete_multipart_upload(Bucket="every", Key="parts", UploadId=upload, MultipartUpload={"Parts": parts})
upload = s3.create_multipart_upload(Bucket="every", Key="given-up")["UploadId"]
s3.abort_multipart_upload(Bucket="every", Key="given-up", UploadId=upload)
s3.get_waiter("object_exists").wait(Bucket="every", Key="parts")
s3.delete_object(Bucket="every", Key="parts")
assert len(s3.delete_objects(Bucket="every", Delete={"Objects": [{"Key": "b.txt"}, {"Key": "none"}]})["Deleted"]) == 2
s3.get_waiter("object_not_exists").wait(Bucket="every", Key="parts")
s3.create_bucket(Bucket="gone")
s3.delete_bucket(Bucket="gone")
refused("NoSuchBucket", s3.list_objects_v2, Bucket="gone")

# STS and IAM
assert client("sts").get_caller_identity()["Account"] == "000000000000"
trust = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"Service": ["glue.amazonaws.com", "states.amazonaws.com", "events.amazonaws.com"]},
        }
    ],
}
assert iam.create_role(RoleName="every", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"] == ROLE
assert iam.get_role(RoleName="every")["Role"]["AssumeRolePolicyDocument"] == trust
iam.update_assume_role_policy(RoleName="every", PolicyDocument=json.dumps(trust))
iam.create_role(RoleName="gone", AssumeRolePolicyDocument=json.dumps(trust))
assert [r["RoleName"] for p in iam.get_paginator("list_roles").paginate() for r in p["Roles"]] == ["every", "gone"]
iam.delete_role(RoleName="gone")
refused("NoSuchEntity", iam.get_role, RoleName="gone")

# Glue: jobs and runs
s3.put_object(Bucket="every", Key="ok.py", Body=b"print('fine')")
s3.put_object(Bucket="every", Key="endless.py", Body=b"import time; time.sleep(600)")


def command(script):
    return {"Name": "pythonshell", "PythonVersion": "3.9", "ScriptLocation": f"s3://every/{script}"}


bookmark = {"--job-bookmark-option": "job-bookmark-enable"}
glue.create_job(Name="ok", Role=ROLE, Command=command("ok.py"), Tags={"team": "a"}, DefaultArguments=bookmark)
glue.create_job(Name="endless", Role=ROLE, Command=command("endless.py"))
glue.update_job(JobName="endless", JobUpdate={"Role": ROLE, "Command": command("endless.py"), "Description": "d"})
assert glue.get_job(JobName="endless")["Job"]["Description"] == "d"
assert [j["Name"] for p in glue.get_paginator("get_jobs").paginate(PaginationConfig={"PageSize": 1}) for j in p["Jobs"]] == [
    "endless",
    "ok",
]
assert glue.list_jobs(Tags={"team": "a"})["JobNames"] == ["ok"]
assert glue.batch_get_jobs(JobNames=["ok", "no"])["JobsNotFound"] == ["no"]
ok_run = glue.start_job_run(JobName="ok")["JobRunId"]
endless_run = glue.start_job_run(JobName="endless")["JobRunId"]


def job_state(name, run):
    return lambda: glue.get_job_run(JobName=name, RunId=run)["JobRun"]["JobRunState"]


until(job_state("endless", endless_run), ["RUNNING"])
assert glue.batch_stop_job_run(JobName="endless", JobRunIds=[endless_run])["Errors"] == []
until(job_state("endless", endless_run), ["STOPPED"])
until(job_state("ok", ok_run), ["SUCCEEDED"])
assert [r["Id"] for r in glue.get_job_runs(JobName="ok")["JobRuns"]] == [ok_run]
until(lambda: glue.get_job_bookmark(JobName="ok")["JobBookmarkEntry"]["Run"], [1])
assert glue.reset_job_bookmark(JobName="ok")["JobBookmarkEntry"]["Run"] == 0

# Glue: tags
job_arn = "arn:aws:glue:us-east-1:000000000000:job/ok"
glue.tag_resource(ResourceArn=job_arn, TagsToAdd={"more": "b"})
assert glue.get_tags(ResourceArn=job_arn)["Tags"] == {"team": "a", "more": "b"}
glue.untag_resource(ResourceArn=job_arn, TagsToRemove=["team"])
assert glue.get_tags(ResourceArn=job_arn)["Tags"] == {"more": "b"}

# Glue: workflows and triggers
glue.create_workflow(Name="flow", DefaultRunProperties={"day": "1"})
glue.update_workflow(Name="flow", DefaultRunProperties={"day": "2"})
glue.create_trigger(Name="begin", Type="ON_DEMAND", WorkflowName="flow", Actions=[{"JobName": "ok"}])
s3.put_object(Bucket="every", Key="fails.py", Body=b"raise SystemExit(3)")
glue.create_job(Name="fails", Role=ROLE, Command=command("fails.py"))
after = {"Logical": "AND", "Conditions": [{"LogicalOperator": "EQUALS", "JobName": "ok", "State": "SUCCEEDED"}]}
glue.create_trigger(
    Name="then", Type="CONDITIONAL", WorkflowName="flow", Predicate=after, Actions=[{"JobName": "fails"}], StartOnCreation=True
)
glue.create_trigger(Name="daily", Type="SCHEDULED", Schedule="cron(0 3 * * ? *)", Actions=[{"JobName": "ok"}])
glue.update_trigger(Name="daily", TriggerUpdate={"Schedule": "cron(0 4 * * ? *)", "Actions": [{"JobName": "ok"}]})
glue.start_trigger(Name="daily")
assert glue.get_trigger(Name="daily")["Trigger"]["State"] == "ACTIVATED"
glue.stop_trigger(Name="daily")
assert len(glue.get_triggers(DependentJobName="ok")["Triggers"]) == 2
assert glue.list_triggers()["TriggerNames"] == ["begin", "daily", "then"]
assert glue.batch_get_triggers(TriggerNames=["begin", "no"])["TriggersNotFound"] == ["no"]
assert glue.list_workflows()["Workflows"] == ["flow"]
assert glue.batch_get_workflows(Names=["flow"], IncludeGraph=True)["Workflows"][0]["Graph"]["Nodes"]
flow_run = glue.start_workflow_run(Name="flow")["RunId"]
glue.put_workflow_run_properties(Name="flow", RunId=flow_run, RunProperties={"seen": "yes"})
assert glue.get_workflow_run_properties(Name="flow", RunId=flow_run)["RunProperties"] == {"day": "2", "seen": "yes"}


def flow_state(run):
    return lambda: glue.get_workflow_run(Name="flow", RunId=run)["Run"]["Status"]


until(flow_state(flow_run), ["COMPLETED"])
nodes = glue.get_workflow_run(Name="flow", RunId=flow_run, IncludeGraph=True)["Run"]["Graph"]["Nodes"]
failed_node = next(n["UniqueId"] for n in nodes if n["Name"] == "fails")
resumed = glue.resume_workflow_run(Name="flow", RunId=flow_run, NodeIds=[failed_node])
assert resumed["NodeIds"] == [failed_node]
until(flow_state(resumed["RunId"]), ["COMPLETED"])
assert {r["WorkflowRunId"] for r in glue.get_workflow_runs(Name="flow")["Runs"]} == {flow_run, resumed["RunId"]}
s3.put_object(Bucket="every", Key="ok.py", Body=b"import time; time.sleep(600)")
stopped = glue.start_workflow_run(Name="flow")["RunId"]
assert glue.get_workflow(Name="flow")["Workflow"]["LastRun"]["WorkflowRunId"] == stopped
glue.stop_workflow_run(Name="flow", RunId=stopped)
until(flow_state(stopped), ["STOPPED"])

# Glue: catalog
glue.create_database(DatabaseInput={"Name": "db"})
glue.update_database(Name="db", DatabaseInput={"Name": "db", "Description": "d"})
assert glue.get_database(Name="db")["Database"]["Description"] == "d"
assert [d["Name"] for d in glue.get_databases()["DatabaseList"]] == ["db"]
storage = {"Columns": [{"Name": "id", "Type": "int"}], "Location": "s3://every/t/"}
table = {"Name": "t", "StorageDescriptor": storage, "PartitionKeys": [{"Name": "day", "Type": "string"}]}
glue.create_table(DatabaseName="db", TableInput=table)
glue.create_table(DatabaseName="db", TableInput={**table, "Name": "u"})
glue.update_table(DatabaseName="db", TableInput={**table, "Description": "d"})
assert glue.get_table(DatabaseName="db", Name="t")["Table"]["Description"] == "d"
assert [t["Name"] for t in glue.get_tables(DatabaseName="db")["TableList"]] == ["t", "u"]
of_t = {"DatabaseName": "db", "TableName": "t"}
glue.create_partition(**of_t, PartitionInput={"Values": ["1"], "StorageDescriptor": storage})
many = [{"Values": [str(n)], "StorageDescriptor": storage} for n in (2, 3, 4)]
assert glue.batch_create_partition(**of_t, PartitionInputList=many)["Errors"] == []
glue.update_partition(**of_t, PartitionValueList=["1"], PartitionInput={"Values": ["1"], "Parameters": {"k": "v"}})
assert glue.get_partition(**of_t, PartitionValues=["1"])["Partition"]["Parameters"] == {"k": "v"}
assert len(glue.get_partitions(**of_t, Expression="day > '2'")["Partitions"]) == 2
assert len(glue.batch_get_partition(**of_t, PartitionsToGet=[{"Values": ["1"]}, {"Values": ["9"]}])["UnprocessedKeys"]) == 1
glue.delete_partition(**of_t, PartitionValues=["1"])
assert glue.batch_delete_partition(**of_t, PartitionsToDelete=[{"Values": ["2"]}])["Errors"] == []
assert glue.batch_delete_table(DatabaseName="db", TablesToDelete=["u"])["Errors"] == []
glue.delete_table(DatabaseName="db", Name="t")

# Glue: crawlers
s3.put_object(Bucket="every", Key="crawled/rows.csv", Body=b"id,name\n1,a\n2,b\n")
glue.create_crawler(Name="crawl", Role=ROLE, DatabaseName="db", Targets={"S3Targets": [{"Path": "s3://every/crawled/"}]})
glue.update_crawler(Name="crawl", Description="d", Schedule="cron(0 3 * * ? *)")
glue.update_crawler_schedule(CrawlerName="crawl", Schedule="cron(0 4 * * ? *)")
glue.stop_crawler_schedule(CrawlerName="crawl")
glue.start_crawler_schedule(CrawlerName="crawl")
glue.start_crawler(Name="crawl")
until(lambda: glue.get_crawler(Name="crawl")["Crawler"]["State"], ["READY"])
assert glue.get_crawler(Name="crawl")["Crawler"]["LastCrawl"]["Status"] == "SUCCEEDED"
assert [c["State"] for c in glue.list_crawls(CrawlerName="crawl")["Crawls"]] == ["COMPLETED"]
assert glue.get_crawler_metrics()["CrawlerMetricsList"][0]["TablesCreated"] == 1
assert [c["Name"] for c in glue.get_crawlers()["Crawlers"]] == ["crawl"]
assert glue.list_crawlers()["CrawlerNames"] == ["crawl"]
assert glue.batch_get_crawlers(CrawlerNames=["crawl", "no"])["CrawlersNotFound"] == ["no"]
glue.start_crawler(Name="crawl")
try:
    glue.stop_crawler(Name="crawl")
except glue.exceptions.CrawlerNotRunningException:
    # A crawl of one file may be over before it can be stopped; the call was answered as the service answers it.
    reached["glue"].add("StopCrawler")
until(lambda: glue.get_crawler(Name="crawl")["Crawler"]["State"], ["READY"])

# Step Functions
pass_state = json.dumps({"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}})
wait_state = json.dumps({"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 600, "End": True}}})
assert sfn.validate_state_machine_definition(definition=pass_state)["result"] == "OK"
made = sfn.create_state_machine(name="m", definition=pass_state, roleArn=ROLE, publish=True)
machine, first = made["stateMachineArn"], made["stateMachineVersionArn"]
sfn.update_state_machine(stateMachineArn=machine, definition=wait_state)
second = sfn.publish_state_machine_version(stateMachineArn=machine)["stateMachineVersionArn"]
assert sfn.describe_state_machine(stateMachineArn=first)["definition"] == pass_state
assert len(sfn.list_state_machine_versions(stateMachineArn=machine)["stateMachineVersions"]) == 2
route = [{"stateMachineVersionArn": first, "weight": 100}]
alias = sfn.create_state_machine_alias(name="live", routingConfiguration=route)["stateMachineAliasArn"]
sfn.update_state_machine_alias(stateMachineAliasArn=alias, description="d")
assert sfn.describe_state_machine_alias(stateMachineAliasArn=alias)["description"] == "d"
assert len(sfn.list_state_machine_aliases(stateMachineArn=machine)["stateMachineAliases"]) == 1
assert [m["name"] for m in sfn.list_state_machines()["stateMachines"]] == ["m"]
sfn.tag_resource(resourceArn=machine, tags=[{"key": "k", "value": "v"}, {"key": "x", "value": "y"}])
sfn.untag_resource(resourceArn=machine, tagKeys=["x"])
assert sfn.list_tags_for_resource(resourceArn=machine)["tags"] == [{"key": "k", "value": "v"}]
passed = sfn.start_execution(stateMachineArn=alias, input='{"a": 1}')["executionArn"]


def status(arn):
    return lambda: sfn.describe_execution(executionArn=arn)["status"]


until(status(passed), ["SUCCEEDED"])
history = sfn.get_paginator("get_execution_history").paginate(executionArn=passed, PaginationConfig={"PageSize": 1})
assert [e["type"] for page in history for e in page["events"]][-1] == "ExecutionSucceeded"
waiting = sfn.start_execution(stateMachineArn=machine)["executionArn"]
assert sfn.describe_state_machine_for_execution(executionArn=waiting)["definition"] == wait_state
sfn.stop_execution(executionArn=waiting, error="E", cause="enough")
until(status(waiting), ["ABORTED"])
assert len(sfn.list_executions(stateMachineArn=machine, statusFilter="ABORTED")["executions"]) == 1
sfn.redrive_execution(executionArn=waiting)
until(status(waiting), ["RUNNING"])
sfn.stop_execution(executionArn=waiting)
express = sfn.create_state_machine(name="x", definition=pass_state, roleArn=ROLE, type="EXPRESS")["stateMachineArn"]
assert sfn.start_sync_execution(stateMachineArn=express, input='{"b":2}')["output"] == '{"b":2}'
assert sfn.test_state(definition=json.dumps({"Type": "Pass", "End": True}), input="{}", roleArn=ROLE)["status"] == "SUCCEEDED"

activity = sfn.create_activity(name="act")["activityArn"]
assert sfn.describe_activity(activityArn=activity)["name"] == "act"
assert len(sfn.list_activities()["activities"]) == 1
for end in ("success", "failure"):
    definition = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": activity, "End": True}}})
    worked = sfn.create_state_machine(name=f"act-{end}", definition=definition, roleArn=ROLE)["stateMachineArn"]
    execution = sfn.start_execution(stateMachineArn=worked)["executionArn"]
    token = sfn.get_activity_task(activityArn=activity)["taskToken"]
    sfn.send_task_heartbeat(taskToken=token)
    if end == "success":
        sfn.send_task_success(taskToken=token, output="{}")
    else:
        sfn.send_task_failure(taskToken=token, error="E", cause="c")
    until(status(execution), ["SUCCEEDED" if end == "success" else "FAILED"])

distributed = {
    "StartAt": "M",
    "States": {
        "M": {
            "Type": "Map",
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                **json.loads(pass_state),
            },
            "End": True,
        }
    },
}
maps = sfn.create_state_machine(name="maps", definition=json.dumps(distributed), roleArn=ROLE)["stateMachineArn"]
mapped = sfn.start_execution(stateMachineArn=maps, input="[1, 2]")["executionArn"]
until(status(mapped), ["SUCCEEDED"])
map_run = sfn.list_map_runs(executionArn=mapped)["mapRuns"][0]["mapRunArn"]
assert sfn.describe_map_run(mapRunArn=map_run)["itemCounts"]["succeeded"] == 2
if "UpdateMapRun" in known["states"]:
    sfn.update_map_run(mapRunArn=map_run, maxConcurrency=1)

# CloudWatch Logs
logs.create_log_group(logGroupName="/every")
logs.put_retention_policy(logGroupName="/every", retentionInDays=7)
assert logs.describe_log_groups(logGroupNamePrefix="/ev")["logGroups"][0]["retentionInDays"] == 7
logs.delete_retention_policy(logGroupName="/every")
assert "retentionInDays" not in logs.describe_log_groups()["logGroups"][-1]
every_arn = "arn:aws:logs:us-east-1:000000000000:log-group:/every"
tail = logs.start_live_tail(logGroupIdentifiers=[every_arn], logEventFilterPattern="line -3")["responseStream"]
logs.create_log_stream(logGroupName="/every", logStreamName="one")
now = int(time.time() * 1000)
lines = [{"timestamp": now + n, "message": f"line {n}"} for n in range(5)]
logs.put_log_events(logGroupName="/every", logStreamName="one", logEvents=lines)
assert [s["logStreamName"] for s in logs.describe_log_streams(logGroupName="/every")["logStreams"]] == ["one"]
seen = []
for message in tail:
    assert set(message) <= {"sessionStart", "sessionUpdate"}, message
    seen += [e["message"] for e in message.get("sessionUpdate", {}).get("sessionResults", [])]
    if seen:
        break
tail.close()
assert seen == ["line 0", "line 1", "line 2", "line 4"], seen
got = logs.get_log_events(logGroupName="/every", logStreamName="one", limit=2)
assert [e["message"] for e in got["events"]] == ["line 3", "line 4"]
pages = logs.get_paginator("filter_log_events").paginate(
    logGroupName="/every", filterPattern="line -3", PaginationConfig={"PageSize": 2}
)
assert [e["message"] for page in pages for e in page["events"]] == ["line 0", "line 1", "line 2", "line 4"]

# EventBridge
events.put_rule(Name="nightly", ScheduleExpression="cron(0 3 * * ? *)")
events.put_targets(Rule="nightly", Targets=[{"Id": "m", "Arn": machine, "RoleArn": ROLE}])
assert events.list_rule_names_by_target(TargetArn=machine)["RuleNames"] == ["nightly"]
assert len(events.list_targets_by_rule(Rule="nightly")["Targets"]) == 1
events.disable_rule(Name="nightly")
assert events.describe_rule(Name="nightly")["State"] == "DISABLED"
events.enable_rule(Name="nightly")
assert [r["Name"] for r in events.list_rules()["Rules"]] == ["nightly"]

# What was made goes away
events.remove_targets(Rule="nightly", Ids=["m"])
events.delete_rule(Name="nightly")
logs.delete_log_stream(logGroupName="/every", logStreamName="one")
logs.delete_log_group(logGroupName="/every")
refused("ResourceNotFoundException", logs.describe_log_streams, logGroupName="/every")
sfn.delete_activity(activityArn=activity)
sfn.delete_state_machine_alias(stateMachineAliasArn=alias)
sfn.delete_state_machine_version(stateMachineVersionArn=second)
sfn.delete_state_machine(stateMachineArn=machine)
refused("StateMachineDoesNotExist", sfn.describe_state_machine, stateMachineArn=machine)
glue.delete_crawler(Name="crawl")
glue.delete_database(Name="db")
glue.delete_trigger(Name="daily")
glue.delete_workflow(Name="flow")
glue.delete_job(JobName="ok")
refused("EntityNotFoundException", glue.get_job, JobName="ok")

print(json.dumps({service: sorted(set(names) - reached[service]) for service, names in known.items()}))
