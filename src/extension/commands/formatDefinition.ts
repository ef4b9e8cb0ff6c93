import { commands, Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { pickDefinition } from '../prompts/pickDefinition.ts';

/** Lays out the definition around the cursor where it stands: in a template, a program or a Terraform file as well. */
export async function formatDefinition(_app: unknown, from?: unknown): Promise<void> {
  const document = from instanceof Uri ? await workspace.openTextDocument(from) : window.activeTextEditor?.document;
  if (!document) throw new UserError('bad-input', 'No definition is open.', 'Open a state machine definition first.');
  if (/^asl(?:-yaml)?$/.test(document.languageId)) {
    await commands.executeCommand('editor.action.formatDocument');
    return;
  }
  const editor = window.activeTextEditor;
  const picked = await pickDefinition('Format', { document, editor });
  if (!picked) return;
  const { insertSpaces, tabSize } = editor?.options ?? {};
  const indent = insertSpaces === false ? '\t' : ' '.repeat(typeof tabSize === 'number' ? tabSize : 2);
  const { formatDefinition: format } = await import('../../core/asl/formatDefinition.ts');
  const changes = format(picked.definition, indent);
  if (changes === undefined) {
    const help = 'Its syntax must be right, and JSON inside a string must go over several lines.';
    throw new UserError('bad-input', 'This definition cannot be laid out where it stands.', help);
  }
  const edit = new WorkspaceEdit();
  for (const { offset, length, text } of changes) {
    edit.replace(document.uri, new Range(document.positionAt(offset), document.positionAt(offset + length)), text);
  }
  await workspace.applyEdit(edit);
}
