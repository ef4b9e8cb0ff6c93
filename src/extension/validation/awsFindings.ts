import { Diagnostic, DiagnosticSeverity, languages, Range, workspace, type TextDocument } from 'vscode';
import type { PlacedDiagnostic } from '../../core/asl/awsValidation.ts';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';

/** What AWS said of open definitions, in the Problems view until the text changes. */
export class AwsFindings implements Disposable {
  readonly #parts = new DisposableStore();
  readonly #shown = this.#parts.add(languages.createDiagnosticCollection('sluice-aws'));

  constructor() {
    this.#parts.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#shown.delete(document.uri);
      }),
    );
    this.#parts.add(workspace.onDidCloseTextDocument(({ uri }) => this.#shown.delete(uri)));
  }

  show({ uri }: TextDocument, diagnostics: readonly PlacedDiagnostic[]): void {
    this.#shown.set(
      uri,
      diagnostics.map(({ range: { start, end }, severity, message, code }) => {
        const range = new Range(start.line, start.character, end.line, end.character);
        const level = severity === 'ERROR' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
        const shown = new Diagnostic(range, message, level);
        shown.source = 'AWS';
        shown.code = code;
        return shown;
      }),
    );
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
