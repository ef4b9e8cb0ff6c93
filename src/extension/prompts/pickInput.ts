import { QuickPickItemKind, workspace, type Uri } from 'vscode';
import { findJsonProblem } from '../../core/language/jsonProblem.ts';
import { formatTime } from '../../core/runs/format.ts';
import { isInputOf } from '../../core/workspace/workspaceFile.ts';
import type { LastStart } from '../starts/startHistory.ts';
import { listFolderFiles } from '../workspace/workspaceFiles.ts';
import { pickOne, type Back, type Choice, type StepPosition } from './steps.ts';

/** Where the input of an execution comes from. */
export type InputChoice =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly file: Uri }
  | { readonly kind: 'editor'; readonly seed: string }
  | { readonly kind: 'name' };

/** Which input: the last one, a file beside the definition, JSON that is typed here, or an editor. */
export async function pickInput(
  at: StepPosition,
  definition: Uri | undefined,
  last: LastStart | undefined,
): Promise<InputChoice | Back> {
  return await pickOne<InputChoice>({
    at,
    placeholder: 'Which input? Choose, or type JSON.',
    items: inputFiles(definition).then((files) => choices(files, last)),
    fromText: (text) => {
      if (!/^[{["]/.test(text)) return undefined;
      const problem = findJsonProblem(text);
      const label = '$(json) Start with what is typed';
      return problem
        ? { label, description: `not JSON yet: ${problem.message}` }
        : { label, description: preview(text), value: { kind: 'text', text } };
    },
  });
}

function choices(files: readonly Uri[], last: LastStart | undefined): readonly Choice<InputChoice>[] {
  const input = last?.input;
  return [
    ...(input === undefined
      ? []
      : [
          {
            label: `$(history) Last input (${formatTime(last?.atMs ?? 0)})`,
            description: preview(input),
            value: { kind: 'text', text: input } as const,
          },
        ]),
    ...files.map((file) => ({
      label: `$(file) ${file.path.split('/').at(-1) ?? ''}`,
      value: { kind: 'file', file } as const,
    })),
    { label: '$(json) {}', description: 'empty input', value: { kind: 'text', text: '{}' } as const },
    { label: '', kind: QuickPickItemKind.Separator },
    {
      label: '$(edit) Edit in an editor…',
      description: 'starts from there',
      value: { kind: 'editor', seed: input ?? '{}' } as const,
    },
    { label: '$(tag) Name the execution…', description: 'else it gets a name', value: { kind: 'name' } as const },
  ];
}

/** JSON on one line, as much as fits beside a label. */
export function preview(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length <= 80 ? flat : `${flat.slice(0, 79)}…`;
}

/** Inputs kept beside a definition, those named most like it first. */
export async function inputFiles(definition: Uri | undefined): Promise<readonly Uri[]> {
  const folder = definition && workspace.getWorkspaceFolder(definition);
  if (!folder) return [];
  const { uris } = await listFolderFiles(folder);
  const [path] = [...uris].find(([, uri]) => uri.toString() === definition.toString()) ?? [];
  if (path === undefined) return [];
  return [...uris]
    .filter(([each]) => isInputOf(path, each))
    .sort(([a], [b]) => a.length - b.length || a.localeCompare(b))
    .map(([, uri]) => uri);
}
