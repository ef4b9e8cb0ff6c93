import { describe, expect, it } from 'vitest';
import { openGlueDocument } from '../../../../../src/core/glue/index.ts';
import { applyChanges } from '../../../../../src/core/language/lineIndex.ts';
import { toTextChanges } from '../../../../../src/core/language/write.ts';

/** The lines that a fix of a rule puts in the place of others: `- before`, `+ after`. */
function fixed(fileName: string, text: string, code: string, title?: string): readonly string[] {
  const document = openGlueDocument(text, { fileName });
  const finding = document?.findings().find((one) => one.code === `glue/${code}`);
  const fix = finding?.fixes?.find((one) => title === undefined || one.title === title);
  if (document === undefined || fix === undefined) return ['no fix'];
  const after = applyChanges(
    text,
    [...toTextChanges(fix.edits, document.tree)].sort((a, b) => b.offset - a.offset),
  );
  const again = openGlueDocument(after, { fileName })?.findings() ?? [];
  expect(again.filter((one) => one.code === `glue/${code}`)).toEqual([]);
  const [old, now] = [text.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line.trim()}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
}

const terraform = (...lines: readonly string[]): string => `resource "aws_glue_job" "load" {
  name         = "load"
  role_arn     = aws_iam_role.glue.arn
  glue_version = "5.0"
${lines.map((line) => `  ${line}\n`).join('')}  command {
    script_location = "s3://acme-scripts/load.py"
  }
}
`;

const python = (...lines: readonly string[]): string => `import pulumi_aws as aws
job = aws.glue.Job("load",
    role_arn=role.arn,
    glue_version="5.0",
${lines.map((line) => `    ${line},\n`).join('')}    command={"script_location": "s3://acme-scripts/load.py"},
)
`;

const typescript = (...lines: readonly string[]): string => `import * as glue from "aws-cdk-lib/aws-glue";
new glue.CfnJob(this, "Load", {
  role: role.roleArn,
  glueVersion: "5.0",
${lines.map((line) => `  ${line},\n`).join('')}  command: { name: "glueetl", scriptLocation: "s3://acme-scripts/load.py" },
});
`;

describe('quick fixes in programs and Terraform', () => {
  it('add what goes with a field, as the host writes it', () => {
    expect(fixed('main.tf', terraform('worker_type = "G.1X"'), 'worker-pair')).toEqual(['+ number_of_workers = 2']);
    expect(fixed('main.tf', terraform('number_of_workers = 4'), 'worker-pair')).toEqual(['+ worker_type = "G.1X"']);
    expect(fixed('main.py', python('worker_type="G.1X"'), 'worker-pair')).toEqual(['+ number_of_workers=2,']);
    expect(fixed('main.ts', typescript('workerType: "G.1X"'), 'worker-pair')).toEqual(['+ numberOfWorkers: 2,']);
  });

  it('replace a capacity by workers, and numbers by numbers', () => {
    const workers = 'Use 10 workers of type G.1X';
    expect(fixed('main.tf', terraform('max_capacity = 10'), 'spark-max-capacity', workers)).toEqual([
      '- max_capacity = 10',
      '+ worker_type = "G.1X"',
      '+ number_of_workers = 10',
    ]);
    expect(fixed('main.py', python('max_capacity=10'), 'spark-max-capacity', workers)).toEqual([
      '- max_capacity=10,',
      '+ worker_type="G.1X",',
      '+ number_of_workers=10,',
    ]);
  });

  it('remove a field that stands on lines of its own', () => {
    const both = ['worker_type = "G.1X"', 'number_of_workers = 2', 'max_capacity = 10'];
    expect(fixed('main.tf', terraform(...both), 'exclusive-capacity')).toEqual(['- max_capacity = 10']);
    const inOne = terraform('worker_type = "G.1X"').replace('{\n', '{ max_capacity = 10, number_of_workers = 2\n');
    expect(fixed('main.tf', inOne, 'exclusive-capacity')).toEqual(['no fix']);
  });
});
