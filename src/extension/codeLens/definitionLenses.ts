import { CodeLens, Range, type CodeLensProvider, type TextDocument } from 'vscode';
import { deployedScheme } from '../../views/deployed/deployedUri.ts';
import type { CommandId } from '../commands.ts';

/** On the first line of a definition: what can be done with it. */
export class DefinitionLenses implements CodeLensProvider {
  provideCodeLenses(document: TextDocument): CodeLens[] {
    if (document.uri.scheme === deployedScheme) return [];
    const lens = (title: string, command: CommandId): CodeLens =>
      new CodeLens(new Range(0, 0, 0, 0), { title, command, arguments: [document.uri] });
    return [
      lens('$(play) Start Execution…', 'sluice.startExecution'),
      lens('Graph', 'sluice.showGraph'),
      lens('Deploy…', 'sluice.deploy'),
    ];
  }
}
