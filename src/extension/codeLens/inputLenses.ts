import { CodeLens, Range, type CodeLensProvider, type TextDocument } from 'vscode';
import { connectionLabel } from '../../core/connections/connection.ts';
import type { CommandId } from '../commands.ts';
import type { InputEditors } from '../starts/inputEditors.ts';

/** On the first line of an input editor: start with what is written, or keep it beside the definition. */
export class InputLenses implements CodeLensProvider {
  constructor(private readonly editors: InputEditors) {}

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const start = this.editors.get(document);
    if (!start) return [];
    const { target } = start;
    const range = new Range(0, 0, 0, 0);
    const command: CommandId = 'sluice.startWithThisInput';
    const save: CommandId = 'sluice.saveInput';
    const title = `$(play) Start ${target.name} in ${connectionLabel(target.connection)} with this input`;
    const first = new CodeLens(range, { title, command, arguments: [document.uri] });
    if (!target.file) return [first];
    const second = { title: 'Save Input beside the Definition…', command: save, arguments: [document.uri] };
    return [first, new CodeLens(range, second)];
  }
}
