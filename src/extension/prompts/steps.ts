import { QuickInputButtons, window, type QuickPick, type QuickPickItem } from 'vscode';
import { DisposableStore } from '../../core/base/disposable.ts';
import { UserError } from '../../core/base/userError.ts';

/** The answer "let me see the step before once more". */
export const back = Symbol('back');
export type Back = typeof back;

/** Where a step stands in its dialogue. `total` is absent where it has one step only. */
export interface StepPosition {
  readonly title: string;
  readonly step?: number;
  readonly total?: number;
  readonly canGoBack: boolean;
}

/** One question: gives what is known after it, or `back`. Rejects with `aborted` when the user leaves. */
export type Step<S> = (known: S, at: StepPosition) => Promise<S | Back>;

/**
 * Asks one question after the other; Back returns to the one before with what was known then, Esc rejects with
 * `aborted`. A step that has nothing to ask gives its state back at once; Back passes over it.
 */
export async function runSteps<S>(title: string, initial: S, steps: readonly Step<S>[]): Promise<S> {
  const known: S[] = [initial];
  const asked: number[] = [];
  let index = 0;
  while (index < steps.length) {
    const step = steps[index] as Step<S>;
    const before = known[index] as S;
    const after = await step(before, {
      title,
      ...position(asked.length, steps.length - index),
      canGoBack: asked.length > 0,
    });
    if (after === back) {
      index = asked.pop() ?? 0;
      known.length = index + 1;
      continue;
    }
    // Same object: nothing was asked.
    if (after !== before) asked.push(index);
    known.push(after);
    index += 1;
  }
  return known[index] as S;
}

/** A step that had nothing to ask is not counted, and one question alone has no number. */
function position(asked: number, left: number): Pick<StepPosition, 'step' | 'total'> {
  return asked + left > 1 ? { step: asked + 1, total: asked + left } : {};
}

export interface Choice<T> extends QuickPickItem {
  /** Absent on separators. */
  readonly value?: T;
}

export interface PickOptions<T> {
  readonly at: StepPosition;
  readonly placeholder: string;
  /** Items at once, or as they come; while they come the picker shows that it is busy. */
  readonly items: readonly Choice<T>[] | Promise<readonly Choice<T>[]>;
  /** The item that is selected first. */
  readonly isActive?: (value: T) => boolean;
  /** Stays open while the user looks at something else. */
  readonly ignoreFocusOut?: boolean;
  /** An item for what was typed, shown first, where the text makes one. */
  readonly fromText?: (text: string) => Choice<T> | undefined;
}

/** One choice of a list. Rejects with `aborted` when the user leaves, and with the error of items that do not come. */
export async function pickOne<T>(options: PickOptions<T>): Promise<T | Back> {
  const parts = new DisposableStore();
  const picker = parts.add(window.createQuickPick<Choice<T>>());
  try {
    place(picker, options.at);
    picker.placeholder = options.placeholder;
    picker.ignoreFocusOut = options.ignoreFocusOut ?? false;
    picker.matchOnDescription = true;
    picker.matchOnDetail = true;
    return await new Promise<T | Back>((resolve, reject) => {
      parts.add(picker.onDidTriggerButton(() => resolve(back)));
      parts.add(picker.onDidHide(() => reject(new UserError('aborted', 'Cancelled.'))));
      parts.add(
        picker.onDidAccept(() => {
          const [chosen] = picker.selectedItems;
          if (chosen?.value !== undefined) resolve(chosen.value);
        }),
      );
      picker.show();
      void fill(picker, options, parts).catch(reject);
    });
  } finally {
    parts.dispose();
  }
}

async function fill<T>(picker: QuickPick<Choice<T>>, options: PickOptions<T>, parts: DisposableStore): Promise<void> {
  picker.busy = !Array.isArray(options.items);
  const items = await options.items;
  picker.busy = false;
  picker.items = items;
  const active = items.find(({ value }) => value !== undefined && options.isActive?.(value) === true);
  if (active) picker.activeItems = [active];
  const { fromText } = options;
  if (!fromText) return;
  parts.add(
    picker.onDidChangeValue((text) => {
      const typed = fromText(text.trim());
      picker.items = typed ? [{ ...typed, alwaysShow: true }, ...items] : items;
    }),
  );
}

export interface TextOptions {
  readonly at: StepPosition;
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** Aborting closes the box and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Why the text cannot be taken, or undefined when it can. Asked while the user types. */
  readonly problemOf?: (text: string) => string | undefined;
}

/** A line of text. Rejects with `aborted` when the user leaves. */
export async function askText(options: TextOptions): Promise<string | Back> {
  options.signal?.throwIfAborted();
  const parts = new DisposableStore();
  const box = parts.add(window.createInputBox());
  try {
    place(box, options.at);
    box.prompt = options.prompt;
    box.value = options.value ?? '';
    box.placeholder = options.placeholder;
    box.password = options.password ?? false;
    // What the user has to look up elsewhere must not cost what was typed.
    box.ignoreFocusOut = true;
    const { signal } = options;
    return await new Promise<string | Back>((resolve, reject) => {
      const stop = (): void => reject(signal?.reason as Error);
      signal?.addEventListener('abort', stop, { once: true });
      parts.add({ dispose: () => signal?.removeEventListener('abort', stop) });
      parts.add(box.onDidTriggerButton(() => resolve(back)));
      parts.add(box.onDidHide(() => reject(new UserError('aborted', 'Cancelled.'))));
      parts.add(box.onDidChangeValue((text) => (box.validationMessage = problem(options, text, true))));
      parts.add(
        box.onDidAccept(() => {
          box.validationMessage = problem(options, box.value, false);
          if (box.validationMessage === undefined) resolve(box.value);
        }),
      );
      box.show();
    });
  } finally {
    parts.dispose();
  }
}

/** Nothing is wrong with an empty box until it is accepted. */
function problem({ problemOf }: TextOptions, text: string, typing: boolean): string | undefined {
  return typing && text === '' ? undefined : problemOf?.(text);
}

type Dialogue = Pick<QuickPick<QuickPickItem>, 'title' | 'step' | 'totalSteps' | 'buttons'>;

function place(dialogue: Dialogue, { title, step, total, canGoBack }: StepPosition): void {
  dialogue.title = title;
  dialogue.step = step;
  dialogue.totalSteps = total;
  dialogue.buttons = canGoBack ? [QuickInputButtons.Back] : [];
}
