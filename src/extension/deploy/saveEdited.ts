import { workspace } from 'vscode';

/** Edit and run is one step: what is deployed is what the editors show. */
export async function saveEdited(): Promise<void> {
  const edited = workspace.textDocuments.filter(
    (document) => document.isDirty && !document.isUntitled && workspace.getWorkspaceFolder(document.uri),
  );
  await Promise.all(edited.map(async (document) => await document.save()));
}
