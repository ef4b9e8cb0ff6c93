import { workspace, type Uri } from 'vscode';
import { stageMapOf } from '../../core/language/stages.ts';
import { mayHoldStages, stagesOf } from '../../core/workspace/facts/stageFacts.ts';
import { activeStage, type ActiveStage, type StageSource } from '../../core/workspace/stages.ts';
import { madeFolders } from '../workspace/madeFolders.ts';
import { readWorkspaceText } from '../workspace/workspaceFiles.ts';
import type { StageChoice } from './stageChoice.ts';

/** A workspace has a few files of stages; what is beyond this many YAML files is looked at by nobody. */
const maxFiles = 500;

/** What the files of the open folders say of stages, as the editor has them now. */
export async function readStages(): Promise<readonly StageSource[]> {
  const found = await Promise.all([
    workspace.findFiles('**/sluice.json', madeFolders, maxFiles),
    workspace.findFiles('**/*.{yaml,yml}', madeFolders, maxFiles),
  ]);
  const sources = await Promise.all(found.flat().map(readSource));
  return sources.filter((source) => source !== undefined);
}

async function readSource(uri: Uri): Promise<StageSource | undefined> {
  const text = await readWorkspaceText(uri);
  if (text === undefined) return undefined;
  const path = workspace.asRelativePath(uri, false);
  if (path.endsWith('.json')) return { path, stageMap: stageMapOf(text), stages: [] };
  const reading = { path, text };
  return mayHoldStages(reading) ? { path, stageMap: undefined, stages: stagesOf(reading) } : undefined;
}

/** The stage that counts now; undefined where the workspace has none, or nobody says which. */
export async function readActiveStage({ chosen }: Pick<StageChoice, 'chosen'>): Promise<ActiveStage | undefined> {
  return activeStage(await readStages(), { chosen });
}
