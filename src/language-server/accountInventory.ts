import { NotificationType, RequestType0 } from 'vscode-languageserver';
import { parseInventory, type InventorySnapshot } from '../core/existence/inventory.ts';

/** Asks the editor what it knows of the active account, as text of an inventory; null where it knows nothing. */
export const inventoryRequest = new RequestType0<string | null, void>('sluice/inventory');
/** The editor knows something else now. */
export const inventoryChanged = new NotificationType<void>('sluice/inventoryChanged');

export interface InventoryAsker {
  /** Asks the editor; null where there is nothing to ask. */
  readonly request: () => Promise<string | null>;
  /** What was asked for has come. */
  readonly onArrived: () => void;
}

/** What the editor knows of the account, kept until it says that this has changed. */
export class AccountInventory {
  #known: InventorySnapshot | undefined;
  #text: string | null = null;
  #isAsked = false;

  constructor(private readonly asker: InventoryAsker) {}

  /** What is known now: no finding waits for an answer, which brings a check of its own. */
  get(): InventorySnapshot | undefined {
    if (!this.#isAsked) {
      this.#isAsked = true;
      void this.#ask();
    }
    return this.#known;
  }

  /** Asks again, and until the answer is there goes by what was known. */
  forget(): void {
    if (!this.#isAsked) return;
    void this.#ask();
  }

  /** What the editor knows by now. */
  async latest(): Promise<InventorySnapshot | undefined> {
    this.#isAsked = true;
    await this.#ask();
    return this.#known;
  }

  async #ask(): Promise<void> {
    try {
      const text = await this.asker.request();
      if (text === this.#text) return;
      this.#text = text;
      this.#known = text === null ? undefined : parseInventory(text);
      this.asker.onArrived();
    } catch {
      this.#text = null;
      this.#known = undefined;
    }
  }
}
