import { QuickPickItemKind } from 'vscode';
import type { JobArgument, JobArguments } from '../../core/runs/jobArguments.ts';
import { askText, back, pickOne, type Back, type Choice, type StepPosition } from './steps.ts';

/** A number or word of the run beside its arguments, shown in the same list. */
export interface Extra {
  readonly label: string;
  /** What the run has now; undefined for what the job has. */
  readonly value?: string;
  readonly defaultValue: string;
  /** The choices, where there are but a few. */
  readonly choices?: readonly string[];
  readonly problemOf?: (text: string) => string | undefined;
}

export interface Values<E extends string> {
  readonly values: JobArguments;
  readonly extras: Readonly<Partial<Record<E, Extra>>>;
}

export interface ValueWords {
  /** The first row: what goes on from here. */
  readonly go: string;
  /** One of the values: argument, property. */
  readonly value: string;
}

type Action<E> =
  | { readonly kind: 'go' }
  | { readonly kind: 'edit'; readonly argument: JobArgument }
  | { readonly kind: 'add' }
  | { readonly kind: 'extra'; readonly name: E; readonly extra: Extra };

/**
 * A list of what a run starts with: Enter on the first row goes on with it, any other row changes one thing and comes
 * back. Rejects with `aborted` when the user leaves.
 */
export async function editValues<E extends string>(
  at: StepPosition,
  initial: Values<E>,
  words: ValueWords,
): Promise<Values<E> | Back> {
  let current = initial;
  for (;;) {
    const action = await pickOne<Action<E>>({
      at,
      placeholder: `Start, or choose what to change`,
      items: rows(current, words),
      isActive: ({ kind }) => kind === 'go',
    });
    if (action === back) return back;
    switch (action.kind) {
      case 'go':
        return current;
      case 'edit':
        current = { ...current, values: await editOne(at, current.values, action.argument) };
        break;
      case 'add':
        current = { ...current, values: await addOne(at, current.values, words) };
        break;
      case 'extra': {
        const { name, extra } = action;
        current = { ...current, extras: { ...current.extras, [name]: await editExtra(at, extra) } };
        break;
      }
    }
  }
}

function rows<E extends string>({ values, extras }: Values<E>, words: ValueWords): readonly Choice<Action<E>>[] {
  const separator = (label: string): Choice<never> => ({ label, kind: QuickPickItemKind.Separator });
  return [
    { label: `$(play) ${words.go}`, value: { kind: 'go' } },
    separator(`${words.value}s`),
    ...values.all.map((argument): Choice<Action<E>> => {
      const { key, value, origin } = argument;
      return {
        label: `${origin === 'locked' ? '$(lock) ' : ''}${key}`,
        description: describe(value, origin),
        // A locked row is shown and cannot be taken.
        ...(origin === 'locked' ? {} : { value: { kind: 'edit', argument } as const }),
      };
    }),
    { label: `$(add) Add ${words.value}…`, value: { kind: 'add' } },
    ...(Object.keys(extras).length > 0 ? [separator('this run')] : []),
    ...(Object.entries(extras) as [E, Extra][]).map(([name, extra]) => ({
      label: extra.label,
      description: describe(extra.value ?? extra.defaultValue, extra.value === undefined ? 'default' : 'edited'),
      value: { kind: 'extra', name, extra } as const,
    })),
  ];
}

/** What differs from the job stands out; a default is just its value. */
function describe(value: string, origin: JobArgument['origin']): string {
  switch (origin) {
    case 'default':
      return value;
    case 'locked':
      return `${value} · set by the job`;
    case 'edited':
    case 'added':
      return `${value} · ${origin}`;
  }
}

async function editOne(at: StepPosition, values: JobArguments, argument: JobArgument): Promise<JobArguments> {
  const { key, value, origin, defaultValue } = argument;
  if (origin === 'edited' || origin === 'added') {
    const undo = origin === 'edited' ? `Restore the default: ${defaultValue ?? ''}` : 'Remove';
    const choice = await pickOne<'edit' | 'undo'>({
      at: { ...at, canGoBack: true },
      placeholder: `${key} ${value}`,
      items: [
        { label: '$(edit) Edit', value: 'edit' },
        { label: `$(discard) ${undo}`, value: 'undo' },
      ],
    });
    if (choice === back) return values;
    if (choice === 'undo') return values.without(key);
  }
  const text = await askText({ at: { ...at, canGoBack: true }, prompt: key, value });
  return text === back ? values : values.with(key, text);
}

async function addOne(at: StepPosition, values: JobArguments, words: ValueWords): Promise<JobArguments> {
  const key = await askText({
    at: { ...at, canGoBack: true },
    prompt: `Name of the ${words.value}`,
    problemOf: (text) => values.problemOfKey(text),
  });
  if (key === back) return values;
  const value = await askText({ at: { ...at, canGoBack: true }, prompt: `Value of ${key.trim()}` });
  return value === back ? values : values.with(key, value);
}

async function editExtra(at: StepPosition, extra: Extra): Promise<Extra> {
  const here = { ...at, canGoBack: true };
  const answer = extra.choices
    ? await pickOne<string>({
        at: here,
        placeholder: extra.label,
        items: ['', ...extra.choices].map((choice) => ({
          label: choice === '' ? `Default (${extra.defaultValue})` : choice,
          value: choice,
        })),
        isActive: (choice) => choice === (extra.value ?? ''),
      })
    : await askText({
        at: here,
        prompt: `${extra.label}; empty for the default (${extra.defaultValue})`,
        ...(extra.value === undefined ? {} : { value: extra.value }),
        problemOf: (text) => (text.trim() === '' ? undefined : extra.problemOf?.(text)),
      });
  if (answer === back) return extra;
  const { label, defaultValue, choices, problemOf } = extra;
  return {
    label,
    defaultValue,
    ...(choices ? { choices } : {}),
    ...(problemOf ? { problemOf } : {}),
    ...(answer.trim() === '' ? {} : { value: answer.trim() }),
  };
}
