import { describe, expect, it } from 'vitest';
import { completeGlue } from '../../../../src/core/glue/complete.ts';
import type { GlueDocument } from '../../../../src/core/glue/document.ts';
import { hoverGlue } from '../../../../src/core/glue/hover.ts';
import { openGlueDocument } from '../../../../src/core/glue/index.ts';

/** The document and the place of the `|` in it. */
function at(marked: string, fileName = 'job.glue.json'): { document: GlueDocument; offset: number } {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const document = openGlueDocument(text, { fileName });
  if (document === undefined) throw new Error('no config');
  return { document, offset };
}

function complete(marked: string, label: string, fileName?: string): string | undefined {
  const { document, offset } = at(marked, fileName);
  const found = completeGlue(document, offset).find((one) => one.label === label);
  if (found === undefined) return undefined;
  const { text } = document;
  return `${text.slice(0, found.start)}${found.insert}${text.slice(found.end)}`;
}

function hover(marked: string, fileName?: string): string | undefined {
  const { document, offset } = at(marked, fileName);
  return hoverGlue(document.file, offset)?.markdown;
}

const job = (more: string): string =>
  `{"Name": "j", "Role": "r", "Command": {"Name": "glueetl", "ScriptLocation": "s3://b/j.py"}, ${more}}`;

describe('completion in Glue configs', () => {
  it('proposes fields that are not there yet, with a place for their value', () => {
    expect(complete(job('"Work|"'), 'WorkerType')).toContain('"WorkerType": "${1|G.1X,G.2X');
    expect(complete(job('|'), 'Role')).toBeUndefined();
    expect(complete(job('"Tim|out": 5'), 'Timeout')).toBe(job('"Timeout": 5'));
  });

  it('proposes words, also where nothing or half of one is typed', () => {
    expect(complete(job('"WorkerType": "|"'), 'G.2X')).toBe(job('"WorkerType": "G.2X"'));
    expect(complete(job('"GlueVersion": |'), '5.1')).toBe(job('"GlueVersion": "5.1"'));
    expect(complete(job('"WorkerType": "G.2|", "NumberOfWorkers": 2'), 'G.1X')).toContain(
      '"WorkerType": "G.1X", "Number',
    );
  });

  it('says what a worker has and costs', () => {
    const { document, offset } = at(job('"WorkerType": "|"'));
    const found = completeGlue(document, offset).find(({ label }) => label === 'G.1X');
    expect(found?.detail).toBe('1 DPU · 4 vCPU · 16 GB memory · 94 GB disk');
  });

  it('proposes the special parameters of the type and version, and their values', () => {
    const args = (text: string, version = '5.1'): string =>
      job(`"GlueVersion": "${version}", "DefaultArguments": {${text}}`);
    expect(complete(args('"--job-boo|"'), '--job-bookmark-option')).toContain('"--job-bookmark-option": ');
    expect(complete(args('"|"'), '--JOB_NAME')).toBeUndefined();
    expect(complete(args('"|"'), '--continuous-log-logGroup')).toBeUndefined();
    expect(complete(args('"|"', '4.0'), '--continuous-log-logGroup')).toBeDefined();
    expect(complete(args('"--job-language": "|"'), 'scala')).toContain('"--job-language": "scala"');
  });

  it('reads half a line of YAML, in configs and in templates', () => {
    const yaml = 'Name: j\nRole: r\nCommand:\n  Name: glueetl\n  ScriptLocation: s3://b/j.py\n';
    expect(complete(`${yaml}Worker|`, 'WorkerType', 'job.glue.yaml')).toBe(`${yaml}WorkerType: `);
    expect(complete(`${yaml}WorkerType: |`, 'G.1X', 'job.glue.yaml')).toBe(`${yaml}WorkerType: G.1X`);
    expect(complete(`${yaml}GlueVersion: |`, '5.1', 'job.glue.yaml')).toBe(`${yaml}GlueVersion: "5.1"`);
    const template = 'Resources:\n  J:\n    Type: AWS::Glue::Job\n    Properties:\n      Role: r\n      ';
    expect(complete(`${template}Glue|`, 'GlueVersion', 'template.yaml')).toBe(`${template}GlueVersion: `);
  });

  it('reads a quote that is opened in YAML, closed by the editor or not', () => {
    const yaml = (line: string): string => `Name: j\nRole: r\n${line}\nCommand:\n  Name: glueetl\n`;
    const given = (line: string, label: string): string | undefined => complete(yaml(line), label, 'job.glue.yaml');
    expect(given('"Tim|', 'Timeout')).toBe(yaml('"Timeout": '));
    expect(given('"Tim|"', 'Timeout')).toBe(yaml('"Timeout": '));
    expect(given("'|", 'Timeout')).toBe(yaml("'Timeout': "));
    expect(given('ExecutionClass: "FL|', 'FLEX')).toBe(yaml('ExecutionClass: FLEX'));
    expect(given('ExecutionClass: "FL|"', 'FLEX')).toBe(yaml('ExecutionClass: "FLEX"'));
    for (const line of ['Description: a: b|', '- |', 'Description: x |'])
      expect(given(line, 'Timeout'), line).toBeUndefined();
  });

  it('knows triggers and what stands in them', () => {
    const trigger = (text: string): string =>
      `{"Name": "t", "Type": "CONDITIONAL", "Actions": [{"JobName": "j"}], "Predicate": {"Conditions": [${text}]}}`;
    expect(complete(trigger('{"JobName": "a", "State": "|"}'), 'SUCCEEDED')).toContain('"State": "SUCCEEDED"');
    expect(complete(trigger('{"JobName": "a", "|"}'), 'State')).toContain('"State": "${1|SUCCEEDED');
  });
});

describe('hovers in Glue configs', () => {
  it('tell what a field, a word and a special parameter mean', () => {
    expect(hover(job('"Time|out": 5'))).toContain('**Timeout** · 1 to 10080');
    expect(hover(job('"GlueVersion": "2|.0"'))).toMatch(/\*\*2\.0\*\* · ended on 2026-04-01/);
    expect(hover(job('"WorkerType": "G.|1X"'))).toContain('4 vCPU');
    expect(hover(job('"DefaultArguments": {"--enable-met|rics": ""}'))).toContain('its presence is enough');
    expect(hover(job('"DefaultArguments": {"--mine|": ""}'))).toBeUndefined();
    expect(hover('{"Jobs": [|]}')).toBeUndefined();
  });

  it.each(['Time', '"Time', "'Time", 'Description: a: b', 'Max Retries', '- ', '- Name', '{', ']', '\tx'])(
    'and words are there around a line of YAML that is half typed: %s',
    (half) => {
      const lines = ['Name: j', 'GlueVer|sion: "5.0"', half, 'Worker|Type: "G.|"', 'Command:', '  Na|me: glueetl'];
      const marked = (place: number): string => {
        const marks = lines.join('\n').split('|');
        return `${marks.slice(0, place).join('')}|${marks.slice(place).join('')}`;
      };
      expect(hover(marked(1), 'job.glue.yaml')).toContain('**GlueVersion**');
      expect(hover(marked(2), 'job.glue.yaml')).toContain('**WorkerType**');
      expect(complete(marked(3), 'G.2X', 'job.glue.yaml')).toContain('"G.2X"');
      expect(hover(marked(4), 'job.glue.yaml')).toContain('**Name**');
    },
  );

  it('tell it in Terraform and programs as well', () => {
    const terraform =
      'resource "aws_glue_job" "j" {\n  worker_|type = "G.1X"\n  command {\n    script_location = "s3://b/j"\n  }\n}\n';
    expect(hover(terraform, 'main.tf')).toContain('**WorkerType**');
    const program = 'import pulumi_aws as aws\naws.glue.Job("j", glue_version="4|.0", command={})\n';
    expect(hover(program, 'main.py')).toContain('Spark 3.3.0');
  });
});

describe('completion in Terraform and programs', () => {
  const terraform = (inside: string): string => `resource "aws_glue_job" "load" {
  name         = "load"
  glue_version = "5.1"
  command {
    script_location = "s3://b/load.py"
  }
${inside}
}
`;

  it('proposes fields of Terraform by its names, objects as blocks, and words in their quotes', () => {
    expect(complete(terraform('  |'), 'number_of_workers', 'main.tf')).toContain('  number_of_workers = ${1:1}');
    expect(complete(terraform('  |'), 'execution_property', 'main.tf')).toContain('  execution_property {\n\t$1\n}');
    expect(complete(terraform('  |'), 'command', 'main.tf')).toBeUndefined();
    expect(complete(terraform('  worker_type = "|"'), 'G.2X', 'main.tf')).toContain('worker_type = "G.2X"');
    expect(complete(terraform('  worker_type = var.|'), 'G.2X', 'main.tf')).toBe(undefined);
  });

  it('proposes special parameters and their values', () => {
    const args = (inside: string): string => terraform(`  default_arguments = {\n    ${inside}\n  }`);
    expect(complete(args('"--job-boo|" = "x"'), '--job-bookmark-option', 'main.tf')).toContain(
      '"--job-bookmark-option" = "x"',
    );
    expect(complete(args('"--job-language" = "|"'), 'scala', 'main.tf')).toContain('"--job-language" = "scala"');
    const python = `import pulumi_aws as aws
job = aws.glue.Job("load", glue_version="5.1", worker_type="|", default_arguments={"--job-language": "python"})
`;
    expect(complete(python, 'R.2X', '__main__.py')).toContain('worker_type="R.2X"');
    expect(complete(python.replace('"|"', '"G.1X"').replace('"python"', '"|"'), 'scala', '__main__.py')).toContain(
      '"--job-language": "scala"',
    );
  });

  it('says what words and parameters mean there', () => {
    expect(hover(terraform('  worker_type = "G.|2X"'), 'main.tf')).toContain('2 DPU');
    expect(hover(terraform('  default_arguments = {\n    "--Temp|Dir" = "s3://b/t/"\n  }'), 'main.tf')).toContain(
      'A folder in S3',
    );
  });
});
