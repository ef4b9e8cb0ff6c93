/** The extension that contributes the languages `asl` and `asl-yaml` too. */
export const awsToolkitId = 'amazonwebservices.aws-toolkit-vscode';

/** Its web editor for state machines, which is the default for the files below while it is installed. */
export const workflowStudioViewType = 'workflowStudio.asl';
const definitionPatterns = ['*.asl.json', '*.asl.yaml', '*.asl.yml'] as const;

/**
 * The associations to add so that definitions open as text; empty where the user has chosen for each pattern already.
 * `existing` is `workbench.editorAssociations`.
 */
export function textAssociations(existing: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const missing = definitionPatterns.filter((pattern) => !(pattern in existing));
  return Object.fromEntries(missing.map((pattern) => [pattern, 'default']));
}
