import { expect, it } from 'vitest';
import { openHosted } from '../../../../../src/core/asl/index.ts';
import { underlined } from './underlined.ts';

it('underlines a wrong Next in jsonencode, with expressions as unknown values', () => {
  const text = `resource "aws_sfn_state_machine" "etl" {
  name     = "etl"
  role_arn = aws_iam_role.sfn.arn
  type     = "EXPRESS"
  definition = jsonencode({
    StartAt = "Load"
    States = {
      Load = {
        Type     = "Task"
        Resource = "arn:aws:states:::glue:startJobRun.sync"
        Parameters = { JobName = aws_glue_job.etl.name }
        Next     = "Don"
      }
      "Done" = { Type = "Succeed" }
    }
  })
}
`;
  expect(underlined(text, { fileName: 'main.tf' })).toEqual(['asl/express-limits: .sync', 'asl/unknown-next: "Don"']);
  expect(openHosted(text, { fileName: 'main.tf' })?.definitions.map(({ name }) => name)).toEqual(['etl']);
});

it('reads heredocs, and locals that hold a definition', () => {
  const text = `locals {
  stage = "dev"
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Pass" } } })
}
resource "aws_sfn_state_machine" "x" {
  definition = <<-EOF
    {
      "StartAt": "B",
      "States": {"B": {"Type": "Task", "Resource": "\${aws_lambda_function.x.arn}", "Next": "C"}}
    }
  EOF
}
`;
  expect(underlined(text, { fileName: 'main.tf' })).toEqual(['asl/transition-required: A', 'asl/unknown-next: "C"']);
});

it('checks what templatefile fills in', () => {
  const text = `resource "aws_sfn_state_machine" "x" {
  definition = templatefile("\${path.module}/load.asl.json", { LoadArn = aws_lambda_function.x.arn })
}
`;
  const readFile = (path: string) => (path === './load.asl.json' ? '{"a": "${LoadArn} ${Other}"}' : null);
  expect(underlined(text, { fileName: 'main.tf', readFile })).toEqual([
    'asl/undefined-substitution: { LoadArn = aws_lambda_function.x.arn }',
  ]);
  expect(underlined(text.replace('load', 'gone'), { fileName: 'main.tf', readFile })).toEqual([
    'asl/missing-definition-file: "${path.module}/gone.asl.json"',
  ]);
});
