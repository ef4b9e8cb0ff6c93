import { Uri, type TextDocumentContentProvider } from 'vscode';

export const planScheme = 'sluice-plan';

/** How many texts are kept: those of the diffs that were opened last. */
const kept = 20;

/** Both sides of a plan's diffs, as read-only documents. */
export class PlanDocuments implements TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  #count = 0;

  /** Address of a document with this text; `name` decides its language. */
  show(name: string, text: string): Uri {
    this.#count += 1;
    const uri = Uri.from({ scheme: planScheme, path: `/${this.#count}/${name}` });
    this.#texts.set(uri.toString(), text);
    for (const key of [...this.#texts.keys()].slice(0, -kept)) this.#texts.delete(key);
    return uri;
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }
}
