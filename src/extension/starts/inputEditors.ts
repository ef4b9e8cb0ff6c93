import type { TextDocument } from 'vscode';
import type { MachineTarget } from './machineTarget.ts';

/** Untitled documents in which the input of an execution is written, and what each would start. */
export class InputEditors {
  readonly #targets = new WeakMap<
    TextDocument,
    { readonly target: MachineTarget; readonly name: string | undefined }
  >();

  add(document: TextDocument, target: MachineTarget, name: string | undefined): void {
    this.#targets.set(document, { target, name });
  }

  get(document: TextDocument): { readonly target: MachineTarget; readonly name: string | undefined } | undefined {
    return this.#targets.get(document);
  }
}
