import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

const lines = [
  '{',
  '  "Name": "orders",',
  '  "Role": "GlueRole",',
  '  "GlueVersion": "5.0",',
  '  "Command": { "Name": "glueetl", "ScriptLocation": "s3://scripts/orders.py", "PythonVersion": "3.10" }',
  '}',
];

async function open(language: string, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  return document;
}

function findingsOf(document: vscode.TextDocument): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'sluice');
}

describe('Glue configs in ordinary JSON and YAML', () => {
  it('underlines what is wrong in a job, told by its content, and leaves other files alone', async () => {
    const ordinary = await open('json', '{ "name": "sluice", "version": 3, "Command": 4, "jobs": [{ "name": 1 }], }');
    const yaml = await open('yaml', 'name: build\njobs:\n  test:\n    steps:\n      - run: npm test\n');
    const config = await open('json', lines.join('\n'));
    const [found] = await eventually(
      'a finding in the Glue config',
      () => findingsOf(config),
      ({ length }) => length > 0,
    );
    assert.equal(found?.code, 'glue/python-version');
    assert.equal(config.getText(found.range), '"3.10"');

    const inYaml = await open(
      'yaml',
      'Name: orders\nRole: GlueRole\nGlueVersion: "5.0"\nCommand:\n  Name: gluetl\n  ScriptLocation: s3://scripts/orders.py\n',
    );
    await eventually(
      'a finding in YAML',
      () => findingsOf(inYaml).map(({ code }) => code),
      (codes) => codes.includes('glue/command-name'),
    );
    const template = await open(
      'yaml',
      'Resources:\n  Load:\n    Type: AWS::Glue::Job\n    Properties: { Role: r, GlueVersion: 1.0, Command: { Name: glueetl, ScriptLocation: load.py } }\n',
    );
    const program = await open(
      'python',
      'import pulumi_aws as aws\naws.glue.Trigger("t", type="ON_DEMND", actions=[])\n',
    );
    for (const [document, code] of [
      [template, 'glue/end-of-life-version'],
      [program, 'glue/trigger-type'],
    ] as const) {
      await eventually(
        `${code} in ${document.languageId}`,
        () => findingsOf(document).map((finding) => finding.code),
        (codes) => codes.includes(code),
      );
    }
    assert.deepEqual([...findingsOf(ordinary), ...findingsOf(yaml)], []);
  });
});
