import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

const program = `import boto3

boto3.client("glue").start_job_run(JobName="extract-orders")
`;
const template = `Resources:
  Nightly:
    Type: AWS::Glue::Trigger
    Properties:
      Type: SCHEDULED
      Schedule: cron(0 2 * * ? *)
      Actions:
        - JobName: report-orders
`;

/** Links of a document, as text and the end of what it leads to. */
async function linksOf(document: vscode.TextDocument): Promise<readonly string[]> {
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
    'vscode.executeLinkProvider',
    document.uri,
    1_000,
  );
  return links
    .filter(({ target }) => target?.scheme === 'file')
    .map(({ range, target }) => `${document.getText(range)} → ${target?.path.split('/').slice(-2).join('/') ?? ''}`);
}

const join = (folder: vscode.Uri, path: string): vscode.Uri => vscode.Uri.joinPath(folder, path);

async function leadsTo(document: vscode.TextDocument, link: string): Promise<void> {
  await eventually(
    link,
    async () => await linksOf(document),
    (links) => links.includes(link),
  );
}

describe('document links', () => {
  it('lead from a job to its script, and from a name in any host to the file that describes it', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const open = async (path: string): Promise<vscode.TextDocument> =>
      await vscode.workspace.openTextDocument(join(folder, path));
    await leadsTo(
      await open('jobs/extract_orders.glue.json'),
      's3://sluice-sample-scripts/extract_orders.py → jobs/extract_orders.py',
    );
    await leadsTo(await open('pipelines/orders.asl.json'), 'extract-orders → jobs/extract_orders.glue.json');
    const [starter, resources] = [join(folder, 'start_orders.py'), join(folder, 'resources.yaml')];
    try {
      await vscode.workspace.fs.writeFile(starter, Buffer.from(program));
      await vscode.workspace.fs.writeFile(resources, Buffer.from(template));
      await leadsTo(await open('start_orders.py'), 'extract-orders → jobs/extract_orders.glue.json');
      await leadsTo(await open('resources.yaml'), 'report-orders → jobs/report_orders.glue.json');
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      for (const uri of [starter, resources]) await vscode.workspace.fs.delete(uri);
    }
  });
});
