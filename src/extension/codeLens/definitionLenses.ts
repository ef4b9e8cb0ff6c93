import { CodeLens, Range, type CodeLensProvider, type TextDocument } from 'vscode';
import { deployedScheme } from '../../views/deployed/deployedUri.ts';
import type { CommandId } from '../commands.ts';

/** On the first line of a definition: what can be done with it. */
export class DefinitionLenses implements CodeLensProvider {
  provideCodeLenses(document: TextDocument): CodeLens[] {
    if (document.uri.scheme === deployedScheme) return [];
    const command: CommandId = 'sluice.startExecution';
    return [
      new CodeLens(new Range(0, 0, 0, 0), { title: '$(play) Start Execution…', command, arguments: [document.uri] }),
    ];
  }
}
