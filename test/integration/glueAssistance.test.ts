import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

interface Scene {
  readonly file: string;
  /** `|` is the cursor of the completion. */
  readonly text: string;
  /** What is taken of the list, and what stands there afterwards. */
  readonly completes: readonly [label: string, result: string];
  /** A text that is pointed at, and what is said of it. */
  readonly hovers: readonly [at: string, says: string];
  /** A finding, the title of its fix, and what the fix makes. */
  readonly mends: readonly [code: string, title: string, result: string];
}

const scenes: readonly Scene[] = [
  {
    file: 'load.glue.json',
    text: '{\n  "Name": "load",\n  "Role": "GlueRole",\n  "GlueVersion": "4.0",\n  "WorkerType": "|",\n  "Command": { "Name": "glueetl", "ScriptLocation": "s3://b/load.py" },\n  "DefaultArguments": { "job-language": "python" }\n}\n',
    completes: ['G.2X', '"WorkerType": "G.2X"'],
    hovers: ['glueetl', 'Spark ETL'],
    mends: ['glue/argument-name', '--job-language', '"--job-language": "python"'],
  },
  {
    file: 'load.glue.yaml',
    text: 'Name: load\nRole: GlueRole\nGlueVersion: "4.0"\nCommand:\n  Name: glueetl\n  ScriptLocation: s3://b/load.py\nDefaultArguments:\n  --enable-metric: "true"\n  --enable-a|\n',
    completes: ['--enable-auto-scaling', '  --enable-auto-scaling: '],
    hovers: ['GlueVersion', 'GlueVersion'],
    mends: ['glue/misspelt-argument', '--enable-metrics', '--enable-metrics: "true"'],
  },
  {
    file: 'jobs.tf',
    text: 'resource "aws_glue_job" "load" {\n  name         = "load"\n  role_arn     = aws_iam_role.glue.arn\n  glue_version = "4.0"\n  worker_type  = "G.1Y"\n  number_of_workers = 2\n  execution_cl|\n  command {\n    script_location = "s3://b/load.py"\n  }\n}\n',
    completes: ['execution_class', 'execution_class = "STANDARD"'],
    hovers: ['worker_type', 'WorkerType'],
    mends: ['glue/worker-type', 'G.1X', 'worker_type  = "G.1X"'],
  },
  {
    file: 'template.yaml',
    text: 'Transform: AWS::Serverless-2016-10-31\nResources:\n  Load:\n    Type: AWS::Glue::Job\n    Properties:\n      Role: !GetAtt GlueRole.Arn\n      GlueVersion: "4.0"\n      WorkerType: G.1Y\n      Command:\n        Name: glueetl\n        ScriptLocation: s3://b/load.py\n      NumberOf|\n',
    completes: ['NumberOfWorkers', '      NumberOfWorkers: '],
    hovers: ['glueetl', 'Spark ETL'],
    mends: ['glue/worker-type', 'G.1X', 'WorkerType: G.1X'],
  },
  {
    file: 'app.py',
    text: 'from aws_cdk import aws_glue as glue\n\njob = glue.CfnJob(\n    self,\n    "Load",\n    role=role.role_arn,\n    glue_version="4.0",\n    worker_type="G.1Y",\n    number_of_workers=2,\n    command=glue.CfnJob.JobCommandProperty(name="glueetl", script_location="s3://b/load.py"),\n    default_arguments={\n        "--enable-a|": "true",\n    },\n)\n',
    completes: ['--enable-auto-scaling', '"--enable-auto-scaling": "true"'],
    hovers: ['worker_type', 'WorkerType'],
    mends: ['glue/worker-type', 'G.1X', 'worker_type="G.1X"'],
  },
];

/** Kinds of documents that AWS itself writes, each with what is wrong in it. */
const downloads: readonly (readonly [file: string, text: string, finding: string])[] = [
  [
    'create-workflow.json',
    JSON.stringify({ Name: 'night', MaxConcurrentRuns: 'two', DefaultRunProperties: {} }, null, 2),
    'glue/field-value',
  ],
  [
    'get-triggers.json',
    JSON.stringify(
      {
        Triggers: [{ Name: 'start', Type: 'SCHEDULED', Schedule: 'cron(0 2 * * *)', Actions: [{ JobName: 'load' }] }],
      },
      null,
      2,
    ),
    'glue/trigger-schedule',
  ],
  [
    'studio/load.json',
    JSON.stringify(
      {
        dag: {},
        jobConfig: {
          command: 'glueetl',
          role: 'arn:aws:iam::111122223333:role/glue',
          scriptName: 'load.py',
          version: '4.0',
          scriptLocation: 's3://b/script/',
          workerType: 'G.1Y',
          numberOfWorkers: 2,
          name: 'load',
        },
        hasBeenSaved: false,
      },
      null,
      2,
    ),
    'glue/worker-type',
  ],
  [
    'load/load.json',
    JSON.stringify(
      {
        name: 'load',
        role: 'arn:aws:iam::111122223333:role/glue',
        command: { name: 'glueetl', scriptLocation: 's3://b/load.py', pythonVersion: '3.9' },
        glueVersion: '4.0',
        workerType: 'G.1X',
        numberOfWorkers: 2,
      },
      null,
      2,
    ),
    'glue/python-version-fit',
  ],
];

describe('help with Glue configs in every host', () => {
  // Not in the workspace: VS Code holds documents open for minutes, and jobs in them would count for other tests there.
  const root = mkdtempSync(join(tmpdir(), 'sluice-assistance-'));
  const folder = (): vscode.Uri => vscode.Uri.file(join(root, 'configs'));
  after(() => {
    rmSync(root, { recursive: true, force: true });
  });

  async function open(file: string, text: string): Promise<vscode.TextDocument> {
    const uri = vscode.Uri.joinPath(folder(), file);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    return document;
  }

  async function leave(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder(), { recursive: true });
  }

  for (const { file, text, completes, hovers, mends } of scenes) {
    it(`completes, explains and mends ${file}`, async () => {
      const document = await open(file, text.replace('|', ''));
      try {
        await explains(document, hovers);
        await offers(document, mends);
        await completesAt(document, text.indexOf('|'), completes);
      } finally {
        await leave();
      }
    });
  }

  for (const [file, text, code] of downloads) {
    it(`underlines what is wrong in ${file}`, async () => {
      const document = await open(file, text);
      try {
        await findingOf(document, code);
      } finally {
        await leave();
      }
    });
  }
});

async function explains(document: vscode.TextDocument, [word, says]: Scene['hovers']): Promise<void> {
  const at = document.positionAt(document.getText().indexOf(word) + 1);
  await eventually(
    `a hover of ${word}`,
    async () => {
      const found = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        at,
      );
      return found
        .flatMap(({ contents }) => contents.map((one) => (one instanceof vscode.MarkdownString ? one.value : '')))
        .join('\n');
    },
    (said) => said.includes(says),
  );
}

async function findingOf(document: vscode.TextDocument, code: string): Promise<vscode.Diagnostic> {
  const found = await eventually(
    `${code} in ${document.fileName}`,
    () => vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'sluice'),
    (all) => all.some((one) => one.code === code),
  );
  const [finding] = found.filter((one) => one.code === code);
  assert.ok(finding);
  return finding;
}

/** Takes the fix into a copy of the text. */
async function offers(document: vscode.TextDocument, [code, title, result]: Scene['mends']): Promise<void> {
  const { range } = await findingOf(document, code);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    10,
  );
  const action = actions.find((one) => one.title.includes(title));
  assert.ok(action?.edit, actions.map((one) => one.title).join('\n'));
  const version = document.version;
  assert.ok(await vscode.workspace.applyEdit(action.edit));
  assert.ok(document.getText().includes(result), document.getText());
  await vscode.commands.executeCommand('undo');
  assert.ok(document.version > version);
}

async function completesAt(
  document: vscode.TextDocument,
  offset: number,
  [label, result]: Scene['completes'],
): Promise<void> {
  const position = document.positionAt(offset);
  const labelOf = (item: vscode.CompletionItem): string =>
    typeof item.label === 'string' ? item.label : item.label.label;
  const items = await eventually(
    `${label} among what may stand in ${document.fileName}`,
    async () =>
      (
        await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          position,
        )
      ).items,
    (found) => found.some((item) => labelOf(item) === label),
  );
  const item = items.find((one) => labelOf(one) === label);
  const editor = vscode.window.activeTextEditor;
  assert.ok(item && editor);
  const { range, insertText = label } = item;
  const place = range === undefined ? undefined : 'inserting' in range ? range.replacing : range;
  const snippet = typeof insertText === 'string' ? new vscode.SnippetString().appendText(insertText) : insertText;
  assert.ok(await editor.insertSnippet(snippet, place));
  assert.ok(document.getText().includes(result), document.getText());
}
