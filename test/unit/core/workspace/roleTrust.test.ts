import { describe, expect, it } from 'vitest';
import { linesOf } from './support.ts';

const statement = (service: string, effect = 'Allow'): string =>
  `{ Effect: ${effect}, Action: "sts:AssumeRole", Principal: { Service: ${service} } }`;

const template = (...statements: readonly string[]): string => `Resources:
  Flow:
    Type: AWS::IAM::Role
    Properties:
      RoleName: flow
      AssumeRolePolicyDocument: { Statement: [${statements.join(', ')}] }
  Load:
    Type: AWS::Glue::Job
    Properties:
      Role: !GetAtt Flow.Arn
      GlueVersion: "5.0"
      Command: { Name: glueetl, ScriptLocation: !Sub "s3://\${Bucket}/load.py" }
`;

async function trustFindings(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return (await linesOf(files)).filter((line) => line.includes(' role-trust '));
}

describe('who may assume the roles of a workspace', () => {
  it('reads the trust policy of a template: what is denied is not trusted, and a suffix is filled in', async () => {
    const found = ['t.yaml role-trust !GetAtt Flow.Arn'];
    expect(await trustFindings({ 't.yaml': template(statement('states.amazonaws.com')) })).toEqual(found);
    expect(await trustFindings({ 't.yaml': template(statement('!Sub "states.${AWS::URLSuffix}"')) })).toEqual(found);
    const denied = [statement('states.amazonaws.com'), statement('glue.amazonaws.com', 'Deny')];
    expect(await trustFindings({ 't.yaml': template(...denied) })).toEqual(found);
    expect(await trustFindings({ 't.yaml': template('{ Effect: Allow, Principal: { AWS: "1" } }') })).toEqual(found);

    expect(await trustFindings({ 't.yaml': template(statement('!Sub "glue.${AWS::URLSuffix}"')) })).toEqual([]);
    expect(await trustFindings({ 't.yaml': template(statement('!Ref Service')) })).toEqual([]);
    expect(await trustFindings({ 't.yaml': template('{ Effect: Allow, Principal: "*" }') })).toEqual([]);
  });

  it('knows a role of another file by its name', async () => {
    const job = (role: string): string =>
      `{"Name": "load", "Role": "${role}", "Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}}`;
    const role = template(statement('lambda.amazonaws.com')).split('  Load:')[0] ?? '';
    const files = {
      'roles.yaml': role,
      'one.glue.json': job('flow'),
      'two.glue.json': job('arn:aws:iam::111122223333:role/jobs/flow'),
      'three.glue.json': job('other'),
    };
    expect(await trustFindings(files)).toEqual([
      'one.glue.json role-trust "flow"',
      'two.glue.json role-trust "arn:aws:iam::111122223333:role/jobs/flow"',
    ]);
    const again = role.replace('lambda.amazonaws.com', 'glue.amazonaws.com');
    expect(await trustFindings({ ...files, 'prod/roles.yaml': again })).toEqual([]);
  });

  it('reads policy documents, jsonencode and heredocs of Terraform', async () => {
    const terraform = `
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["states.amazonaws.com"]
    }
  }
}
data "aws_iam_policy_document" "more" {
  source_policy_documents = [data.aws_iam_policy_document.trust.json]
}
resource "aws_iam_role" "a" { assume_role_policy = data.aws_iam_policy_document.trust.json }
resource "aws_iam_role" "b" {
  assume_role_policy = <<EOT
{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "states.amazonaws.com"}}]}
EOT
}
resource "aws_iam_role" "c" { assume_role_policy = data.aws_iam_policy_document.more.json }
resource "aws_glue_job" "a" { role_arn = aws_iam_role.a.arn }
resource "aws_glue_job" "b" { role_arn = aws_iam_role.b.arn }
resource "aws_glue_job" "c" { role_arn = aws_iam_role.c.arn }
resource "aws_sfn_state_machine" "a" { role_arn = aws_iam_role.a.arn }
`;
    expect(await trustFindings({ 'main.tf': terraform })).toEqual([
      'main.tf role-trust aws_iam_role.a.arn',
      'main.tf role-trust aws_iam_role.b.arn',
    ]);
  });

  it('follows variables and policy documents of Pulumi', async () => {
    const program = `
import json
import pulumi_aws as aws
POLICY = json.dumps({"Statement": [{"Action": "sts:AssumeRole", "Principal": {"Service": "states.amazonaws.com"}}]})
doc = aws.iam.get_policy_document(statements=[aws.iam.GetPolicyDocumentStatementArgs(
    actions=["sts:AssumeRole"],
    principals=[aws.iam.GetPolicyDocumentStatementPrincipalArgs(type="Service", identifiers=["states.amazonaws.com"])])])
first = aws.iam.Role("first", assume_role_policy=POLICY)
second = aws.iam.Role("second", assume_role_policy=doc.json)
third = aws.iam.Role("third", assume_role_policy=load("trust.json"))
aws.glue.Job("a", role_arn=first.arn)
aws.glue.Job("b", role_arn=second.arn)
aws.glue.Job("c", role_arn=third.arn)
aws.sfn.StateMachine("d", role_arn=first.arn)
`;
    expect(await trustFindings({ 'main.py': program })).toEqual([
      'main.py role-trust first.arn',
      'main.py role-trust second.arn',
    ]);
  });

  it('knows a role of the CDK in its own function, until it is told to trust others', async () => {
    const program = (more: string): string => `
from aws_cdk import Stack, aws_glue as glue, aws_iam as iam
class Jobs(Stack):
    def __init__(self, scope):
        role = iam.Role(self, "R", assumed_by=iam.CompositePrincipal(iam.ServicePrincipal("states.amazonaws.com"), iam.ServicePrincipal("lambda.amazonaws.com")))
        ${more}
        glue.CfnJob(self, "J", role=role.role_arn)
    def other(self, role):
        glue.CfnJob(self, "K", role=role.role_arn)
`;
    expect(await trustFindings({ 'stack.py': program('pass') })).toEqual(['stack.py role-trust role.role_arn']);
    expect(await trustFindings({ 'stack.py': program('role.assume_role_policy.add_statements(more)') })).toEqual([]);
  });

  it('says nothing of a role that a program may have meant otherwise', async () => {
    const states = 'iam.Role(self, "R", assumed_by=iam.ServicePrincipal("states.amazonaws.com"))';
    const glue = 'iam.Role(self, "G", assumed_by=iam.ServicePrincipal("glue.amazonaws.com"))';
    const trust = '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}}]}';
    const use = 'glue.CfnJob(self, "J", role=role.role_arn)';
    const plain = `class A:\n    def build(self):\n        role = ${states}\n        ${use}\n`;
    expect(await trustFindings({ 'app.py': plain })).toEqual(['app.py role-trust role.role_arn']);
    const silent = [
      `class A:\n    def build(self, role):\n        glue.CfnJob(self, "K", name="k", role=${states})\n        ${use}\n`,
      `def build(a):\n    if a:\n        role = ${glue}\n    else:\n        role = ${states}\n    ${use}\n`,
      `def build(a):\n    role = ${states}\n    role = find_role()\n    ${use}\n`,
      `role = aws.iam.Role("r", assume_role_policy=json.dumps(${trust}))\ndef build(role):\n    aws.glue.Job("j", role_arn=role.arn)\nbuild(other)\n`,
      `trust = ${trust}\ntrust["Statement"].append(more)\nrole = aws.iam.Role("r", assume_role_policy=json.dumps(trust))\naws.glue.Job("j", role_arn=role.arn)\n`,
      `def make(trust):\n    role = aws.iam.Role("r", assume_role_policy=json.dumps(trust))\n    aws.glue.Job("j", role_arn=role.arn)\ntrust = ${trust}\nmake(other)\n`,
    ];
    for (const text of silent) expect(await trustFindings({ 'app.py': text }), text).toEqual([]);
    const extended =
      'const $role = new iam.Role(this, "R", { assumedBy: new iam.ServicePrincipal("states.amazonaws.com") });\n$role.assumeRolePolicy?.addStatements(more);\nnew glue.CfnJob(this, "J", { role: $role.roleArn });\n';
    expect(await trustFindings({ 'app.ts': extended })).toEqual([]);
  });
});
