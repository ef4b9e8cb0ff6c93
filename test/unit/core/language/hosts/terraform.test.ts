import { describe, expect, it } from 'vitest';
import { terraformCallOf } from '../../../../../src/core/language/hosts/terraform/expressions.ts';
import { readTerraform } from '../../../../../src/core/language/hosts/terraform/terraform.ts';
import { sourceOf, unitsOf } from './outline.ts';
import { plain } from './outline.ts';

describe('readTerraform', () => {
  it('reads blocks with labels, attributes and inner blocks', () => {
    const text = `
# a job
resource "aws_glue_job" "etl" {
  name     = "etl-\${var.stage}" // stage
  role_arn = aws_iam_role.glue.arn
  timeout  = 60
  enabled  = true
  command {
    script_location = "s3://\${var.bucket}/a.py"
  }
  default_arguments = {
    "--a" = "1", b : 2
    (local.k) = null
  }
}
locals { x = 1 }
`;
    const { blocks } = readTerraform(text);
    expect(blocks.map(({ type, labels }) => [type, ...labels.map(({ value }) => value)])).toEqual([
      ['resource', 'aws_glue_job', 'etl'],
      ['locals'],
    ]);
    const [job] = blocks;
    expect(plain(job?.body)).toEqual({
      name: 'etl-${var.stage}',
      role_arn: '?',
      timeout: 60,
      enabled: true,
      default_arguments: { '--a': '1', b: 2, '${local.k}': null },
    });
    expect(job?.blocks.map(({ type, body }) => [type, plain(body)])).toEqual([
      ['command', { script_location: 's3://${var.bucket}/a.py' }],
    ]);
    expect(sourceOf(text, job?.body.get('role_arn'))).toBe('aws_iam_role.glue.arn');
    expect(sourceOf(text, job?.body.property('timeout')?.key)).toBe('timeout');
    const [command] = job?.blocks ?? [];
    expect(sourceOf(text, command?.body.get('script_location'))).toBe('"s3://${var.bucket}/a.py"');
  });

  it('reads calls, lists and conditions inside of objects', () => {
    const text = `x = jsonencode({
  StartAt = "A"
  States = { A = { Type = "Task", Next = var.x ? "B" : "C", Retry = [{ ErrorEquals = ["States.ALL"] }] }
    B = merge(local.base, { Type = "Pass" }), "C d" = { End = true } }
  L = [for s in var.l : s.name]
  O = {for k, v in var.m : k => v}
})
y = 1`;
    const { blocks } = readTerraform(`b {\n${text}\n}`);
    const [block] = blocks;
    const call = terraformCallOf(block?.body.get('x') ?? block!.body);
    expect(call?.name).toBe('jsonencode');
    expect(call?.arguments.map(plain)).toEqual([
      {
        StartAt: 'A',
        States: {
          A: { Type: 'Task', Next: '?', Retry: [{ ErrorEquals: ['States.ALL'] }] },
          B: '?merge',
          'C d': { End: true },
        },
        L: '?',
        O: '?',
      },
    ]);
    expect(plain(block?.body.get('y'))).toBe(1);
    const [definition] = call?.arguments ?? [];
    const states = definition?.kind === 'object' ? definition.get('States') : undefined;
    expect(sourceOf(`b {\n${text}\n}`, states?.kind === 'object' ? states.property('C d')?.key : undefined)).toBe(
      '"C d"',
    );
  });

  it('reads heredocs, with and without indentation', () => {
    const text = 'b {\n  d = <<-EOF\n    {\n      "a": "${aws.arn}$${x}"\n    }\n  EOF\n  e = <<X\n l\nX\n  f = 2\n}\n';
    const { body } = readTerraform(text).blocks[0]!;
    expect(plain(body)).toEqual({ d: '{\n  "a": "${aws.arn}${x}"\n}\n', e: ' l\n', f: 2 });
    const d = body.get('d');
    expect(unitsOf(text, d).slice(0, 9)).toEqual(['{', '\n', ' ', ' ', '"', 'a', '"', ':', ' ']);
    if (d?.kind !== 'string') throw new Error('no string');
    expect(text.slice(d.at(d.value.indexOf('a')), d.at(d.value.indexOf('a')) + 10)).toBe('a": "${aws');
  });

  it('reads on after half-typed text', () => {
    const text =
      'resource "a" "b" {\n  x =\n  y = { a = , b = 1 }\n  z = "open\n  w = 3\n}\nresource "c" "d" {\n q = 1\n';
    const { blocks } = readTerraform(text);
    expect(plain(blocks[0]?.body)).toMatchObject({ y: { b: 1 }, w: 3 });
    expect(blocks.map(({ labels }) => labels[0]?.value)).toEqual(['a', 'c']);
    for (const bad of [
      '{'.repeat(9000),
      `a = ${'['.repeat(9000)}`,
      `a = ${'f('.repeat(9000)}`,
      'a {'.repeat(9000),
      '}}}',
    ])
      expect(() => readTerraform(bad)).not.toThrow();
  });
});
