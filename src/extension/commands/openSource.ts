import { window, type Uri } from 'vscode';
import type { Connection } from '../../core/connections/connection.ts';
import type { Item } from '../../views/pipelines/node.ts';
import type { App } from '../app.ts';
import { findDefinition, findScript } from '../workspace/findSource.ts';

/** Opens what a job or a state machine is: the workspace's file of it, else what is deployed, read-only. */
export async function openSource(
  { pipelines, deployedDocuments }: Pick<App, 'pipelines' | 'deployedDocuments'>,
  target?: unknown,
): Promise<void> {
  const node = pipelines.find(target);
  if (node?.kind !== 'item') return;
  const uri = (await localSource(node.item)) ?? (await deployedSource(deployedDocuments, node.connection, node.item));
  if (uri) await window.showTextDocument(uri, { preview: true });
}

async function localSource(item: Item): Promise<Uri | undefined> {
  switch (item.kind) {
    case 'job':
      return await findScript(item.job.scriptLocation);
    case 'machine':
      return await findDefinition(item.machine.name);
    case 'workflow':
      return undefined;
  }
}

async function deployedSource(
  documents: App['deployedDocuments'],
  { id: connectionId }: Connection,
  item: Item,
): Promise<Uri | undefined> {
  switch (item.kind) {
    case 'job': {
      const { scriptLocation: resource, name } = item.job;
      return await documents.prepare(
        { connectionId, kind: 'script', resource },
        resource.split('/').at(-1) ?? `${name}.py`,
      );
    }
    case 'machine': {
      const { arn: resource, name } = item.machine;
      return await documents.prepare({ connectionId, kind: 'definition', resource }, `${name}.asl.json`);
    }
    case 'workflow':
      return undefined;
  }
}
