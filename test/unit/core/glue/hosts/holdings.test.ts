import { describe, expect, it } from 'vitest';
import { validate } from '../../../../../src/core/validate.ts';

/** `code: line` of everything that is wrong, lines from 1. */
function found(text: string, fileName: string): string[] {
  return validate(text, { fileName }).map(({ code, range }) => `${code}: ${range.start.line + 1}`);
}

describe('crawlers, connections and security configurations', () => {
  it('are read in Terraform, where targets stand in the crawler itself', () => {
    const text = `resource "aws_glue_crawler" "raw" {
  name     = "raw"
  role     = aws_iam_role.glue.arn
  schedule = "rate(1 hour)"
  s3_target {
    path = "s3://\${aws_s3_bucket.raw.bucket}/orders"
  }
  jdbc_target {
    path = "shop/%"
  }
  recrawl_policy {
    recrawl_behavior = "NEW_ONLY"
  }
}

resource "aws_glue_connection" "shop" {
  name = "shop"
  connection_properties = {
    JDBC_CONNECTION_URL = "mysql://host/shop"
    USERNAME            = "etl"
    PASSWORD            = var.password
  }
}

resource "aws_glue_security_configuration" "sealed" {
  encryption_configuration {
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "SSE-KMS"
      kms_key_arn                   = aws_kms_key.glue.arn
    }
  }
}
`;
    expect(found(text, 'main.tf')).toEqual([
      'glue/crawler-schedule: 4',
      'glue/crawler-target: 8',
      'glue/field-value: 12',
      'glue/connection-url: 19',
      'glue/field-value: 28',
    ]);
  });

  it('are silent where blocks are dynamic and values are variables', () => {
    const text = `resource "aws_glue_crawler" "raw" {
  name     = "raw"
  role     = var.role
  schedule = var.schedule
  dynamic "s3_target" {
    for_each = var.paths
    content {
      path = s3_target.value
    }
  }
  lifecycle {
    ignore_changes = [tags]
  }
}
`;
    expect(found(text, 'main.tf')).toEqual([]);
  });

  it('are read in CloudFormation, with its own spellings', () => {
    const text = `AWSTemplateFormatVersion: 2010-09-09
Resources:
  Raw:
    Type: AWS::Glue::Crawler
    Properties:
      Role: !GetAtt Role.Arn
      Targets:
        S3Targets:
          - Path: !Sub s3://\${Bucket}/raw
      Schedule: cron(0 1 * * ? *)
  Sealed:
    Type: AWS::Glue::SecurityConfiguration
    Properties:
      Name: sealed
      EncryptionConfiguration:
        S3Encryptions:
          - S3EncryptionMode: KMS
`;
    expect(found(text, 'template.yaml')).toEqual(['glue/crawler-schedule: 10', 'glue/field-value: 17']);
  });

  it('are read in Pulumi, the CDK and boto3', () => {
    const pulumi = `import pulumi_aws as aws
raw = aws.glue.Crawler("raw", role=role.arn, database_name=db.name,
    s3_targets=[aws.glue.CrawlerS3TargetArgs(exclusions=["x"])])
`;
    const cdk = `import * as glue from "aws-cdk-lib/aws-glue";
new glue.CfnCrawler(this, "Raw", { role: role.roleArn, targets: { mongoDbTargets: [{ path: "x" }] } });
`;
    const boto3 = `import boto3
glue = boto3.client("glue")
glue.create_crawler(Name="raw", Role="GlueRole", Targets={"S3Targets": [{"Path": "s3://raw/"}]}, Schedule="rate(1 day)")
`;
    expect(found(pulumi, '__main__.py')).toEqual(['glue/crawler-target: 3']);
    expect(found(cdk, 'stack.ts')).toEqual(['glue/crawler-target: 2']);
    expect(found(boto3, 'deploy.py')).toEqual(['glue/crawler-schedule: 3']);
  });

  it('of the alpha constructs of the CDK are left to the CDK', () => {
    const text = `from aws_cdk import aws_glue_alpha as glue
glue.Connection(self, "Shop", type=glue.ConnectionType.NETWORK, subnet=subnet)
`;
    expect(found(text, 'stack.py')).toEqual([]);
  });

  it('that the service printed are read without advice', () => {
    const crawler = {
      Name: 'raw',
      Role: 'GlueRole',
      Targets: { S3Targets: [{ Path: 's3://raw/' }], JdbcTargets: [] },
      Schedule: { ScheduleExpression: 'cron(0 1 * * ? *)', State: 'SCHEDULED' },
    };
    expect(found(JSON.stringify({ Crawler: crawler }), 'crawler.json')).toEqual([]);
  });
});

describe('calls of an SDK', () => {
  it('are held to what the API takes: texts, and every field that it needs', () => {
    const text = `import boto3
glue = boto3.client("glue")
glue.create_job(
    Name="load",
    Role="GlueRole",
    GlueVersion="5.1",
    WorkerType="G.1X",
    NumberOfWorkers="2",
    Command={"Name": "glueetl"},
    DefaultArguments={"--batch": 5},
)
`;
    expect(found(text, 'deploy.py')).toEqual([
      'glue/field-value: 8',
      'glue/required-field: 9',
      'glue/argument-text: 10',
    ]);
  });
});
