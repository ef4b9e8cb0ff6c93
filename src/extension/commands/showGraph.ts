import { Uri, window, workspace, type TextDocument } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import type { RunKey } from '../../core/runs/model.ts';
import { runTitle } from '../../core/runs/runTitle.ts';
import { runScheme } from '../../views/runs/document/presentUri.ts';
import type { App } from '../app.ts';
import { pickDefinition } from '../prompts/pickDefinition.ts';
import { pickGlueGraph } from '../prompts/pickGlueGraph.ts';
import { targetRun } from '../runs/runTarget.ts';
import { findDefinition } from '../workspace/findSource.ts';

type GraphParts = Pick<App, 'graphs' | 'runs' | 'deployedDocuments'>;

/** Shows the graph of a definition or a Glue workflow: of the one given, of the one in front, or of what an execution runs. */
export async function showGraph(app: GraphParts, from?: unknown): Promise<void> {
  if (isPlace(from)) {
    await showIn(app, await workspace.openTextDocument(Uri.parse(from.uri)), from.index);
    return;
  }
  const run = from instanceof Uri && from.scheme !== runScheme ? undefined : targetRun(from);
  const uri = run ? await definitionOf(app, run) : from;
  const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : window.activeTextEditor?.document;
  if (!document) throw new UserError('bad-input', 'No definition is open.', 'Open a state machine definition first.');
  await showIn(app, document, undefined);
}

/** What a lens inside a template or program says: a document and which of its definitions. */
interface Place {
  readonly uri: string;
  readonly index: number;
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null || !('uri' in value) || !('index' in value)) return false;
  return typeof value.uri === 'string' && typeof value.index === 'number';
}

/** Of several definitions the one that was named, the one around the cursor, or the one that is picked. */
async function showIn({ graphs }: GraphParts, document: TextDocument, named: number | undefined): Promise<void> {
  const count = await definitionCount(document);
  if (count === 0 || (named ?? 0) >= count) {
    const glue = await pickGlueGraph(document, named === undefined ? undefined : named - count);
    if (glue) await graphs.show(document, glue.index + count, glue.name);
    return;
  }
  const picked = await pickDefinition('Graph', { document, editor: window.activeTextEditor, named });
  if (picked) await graphs.show(document, picked.index, picked.definition.name);
}

async function definitionCount(document: TextDocument): Promise<number> {
  const { drawnDefinitions } = await import('../../views/graph/drawnDefinitions.ts');
  const { languageId, fileName } = document;
  return drawnDefinitions({ text: document.getText(), languageId, fileName }).length;
}

/** The file that the execution was started from, the workspace's definition of its machine, or the deployed one. */
async function definitionOf({ runs, deployedDocuments }: GraphParts, key: RunKey): Promise<Uri> {
  if (key.kind !== 'execution') throw new UserError('bad-input', 'Only executions of state machines have a graph.');
  const name = runTitle(key);
  const origin = runs.snapshot(key)?.originUri;
  const file = (origin === undefined ? undefined : await existing(Uri.parse(origin))) ?? (await findDefinition(name));
  if (file) return file;
  const { connectionId, resource } = key;
  return await deployedDocuments.prepare({ connectionId, kind: 'definition', resource }, `${name}.asl.json`);
}

/** A file may have been moved since. */
async function existing(uri: Uri): Promise<Uri | undefined> {
  try {
    await workspace.fs.stat(uri);
    return uri;
  } catch {
    return undefined;
  }
}
