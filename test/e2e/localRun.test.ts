import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workbench } from './workbench.ts';

// A script on this machine: from its lens to its line of failure.
let workbench: Workbench;
/** The first run on a machine makes a Python environment. */
const SET_UP_MS = 120_000;

beforeAll(async () => {
  workbench = await Workbench.open({ name: 'local-run' });
});
afterAll(async () => {
  await workbench.close();
});

test('a Python shell script runs with its job’s arguments, and fails at its line', async () => {
  workbench.shootOnFailure('local-run');
  const script = 'import sys\nprint("got", sys.argv[1:])\nraise ValueError("no orders today")\n';
  writeFileSync(join(workbench.folder.workspace, 'jobs/report_orders.py'), script);
  await workbench.openSidebar();
  await workbench.openFile('jobs/report_orders.py');
  await workbench.clickCodeLens('Run Locally', workbench.treeRow('local: report_orders.py').first());
  await workbench.line("got ['--bucket', 'sluice-sample-lake'").first().waitFor({ timeout: SET_UP_MS });
  await workbench.treeIcon(/^local: report_orders.py.*line 3/, 'error').waitFor();
  await workbench.squiggles('error').first().waitFor();
  await workbench.screenshotInBothThemes('local-run');
  expect(await workbench.line('ValueError: no orders today').count()).toBeGreaterThan(0);
});

test('scripts run as the jobs of Terraform, a template and programs in Pulumi and the CDK, from their lens', async () => {
  workbench.shootOnFailure('local-run-hosts');
  const hosts: readonly (readonly [name: string, file: string, text: string])[] = [
    [
      'tf_orders',
      'infra/main.tf',
      `resource "aws_glue_job" "tf" {
  name     = "tf-orders"
  role_arn = aws_iam_role.glue.arn
  command {
    name            = "pythonshell"
    python_version  = "3.9"
    script_location = "s3://\${aws_s3_bucket.code.id}/tf_orders.py"
  }
  default_arguments = { "--from" = "terraform" }
}
`,
    ],
    [
      'cfn_orders',
      'infra/template.yaml',
      `Resources:
  Orders:
    Type: AWS::Glue::Job
    Properties:
      Name: cfn-orders
      Role: !GetAtt Role.Arn
      Command: {Name: pythonshell, PythonVersion: "3.9", ScriptLocation: !Sub "s3://\${Code}/cfn_orders.py"}
      DefaultArguments: {"--from": "cloudformation"}
`,
    ],
    [
      'pulumi_orders',
      'infra/__main__.py',
      `import pulumi_aws as aws
orders = aws.glue.Job("orders", name="pulumi-orders", role_arn=role.arn,
    command=aws.glue.JobCommandArgs(name="pythonshell", python_version="3.9", script_location="s3://code/pulumi_orders.py"),
    default_arguments={"--from": "pulumi"})
`,
    ],
    [
      'cdk_orders',
      'infra/stack.py',
      `from aws_cdk import Stack, aws_glue as glue
class Orders(Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        glue.CfnJob(self, "Orders", name="cdk-orders", role="r",
            command=glue.CfnJob.JobCommandProperty(name="pythonshell", python_version="3.9",
                script_location="s3://code/cdk_orders.py"),
            default_arguments={"--from": "cdk"})
`,
    ],
  ];
  const { workspace } = workbench.folder;
  mkdirSync(join(workspace, 'infra'));
  for (const [name, file, text] of hosts) {
    writeFileSync(join(workspace, file), text);
    // The kind of a script without a Glue import is what its job says, and not what its text looks like.
    writeFileSync(join(workspace, `jobs/${name}.py`), 'import sys\nprint("as", sys.argv[1:])\n');
  }
  for (const [name, , text] of hosts) {
    await workbench.openFile(`jobs/${name}.py`);
    await workbench.codeLens('Run Locally').first().waitFor({ timeout: SET_UP_MS });
    await workbench.clickCodeLens('Run Locally', workbench.treeRow(`local: ${name}.py`));
    const [, from = ''] = /"--from"(?: =|:) "([^"]+)"/.exec(text) ?? [];
    await workbench.line(`as ['--from', '${from}']`).first().waitFor({ timeout: SET_UP_MS });
    await workbench.treeIcon(`local: ${name}.py`, 'pass-filled').waitFor();
  }
  await workbench.screenshotInBothThemes('local-run-hosts');
});
