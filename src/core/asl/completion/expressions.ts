import { CONTEXT, type ContextMember } from '../contextObject.ts';
import { INTRINSICS } from '../expressions/intrinsics.ts';
import { JSONATA_FUNCTIONS } from '../expressions/jsonataFunctions.ts';
import { variableFlow } from '../flow/variableFlow.ts';
import { spanOf, escapeSnippet, writeInside, writeText, type At, type Completion } from './completion.ts';
import { expressionAt, takesExpression, type ExpressionPlace } from './expressionAt.ts';
import { namesBelow } from './usedNames.ts';

/** Variables, functions, `$states`, the context object and known names of data, inside the expression around. */
export function expressionCompletions(at: At): readonly Completion[] {
  const place = expressionAt(at.cursor, at.offset);
  if (place === undefined) return takesExpression(at.cursor) ? [wrapper(at)] : [];
  return place.language === 'JSONata' ? jsonataCompletions(place, at) : jsonPathCompletions(place, at);
}

function wrapper(at: At): Completion {
  return {
    label: '{% … %}',
    kind: 'snippet',
    detail: 'JSONata expression',
    documentation: 'A string that begins with `{%` and ends with `%}` is evaluated; any other is taken as it is.',
    insert:
      at.tree.format === 'yaml' && at.cursor.node.kind !== 'string'
        ? '"{% $0 %}"'
        : `${quoteOf(at)}{% $0 %}${quoteOf(at)}`,
    isSnippet: true,
    filter: '{%',
    ...spanOf(at),
  };
}

function quoteOf(at: At): string {
  return writeText('{% %}', at)[0] ?? '"';
}

type Entry = Pick<Completion, 'label' | 'kind' | 'detail' | 'documentation'> & {
  /** A snippet; the label where it is missing. */
  readonly insert?: string;
  readonly opensNext?: true;
};

function write(entries: readonly Entry[], typed: string, place: ExpressionPlace, at: At): readonly Completion[] {
  const start = place.node.at(place.index - typed.length);
  return entries.map(({ insert, ...entry }) => ({
    ...entry,
    insert: insert ?? escapeSnippet(writeInside(entry.label, place.node, at.tree)),
    isSnippet: true,
    start,
    end: at.offset,
  }));
}

const CHAIN = /\$\$?\w*(?:\.(?:[\w-]*|`[^`]*`)|\[[^\][]*\])*$/;

function jsonataCompletions(place: ExpressionPlace, at: At): readonly Completion[] {
  const { before } = place;
  if (isInQuotes(before)) return [];
  const chain = CHAIN.exec(before)?.[0];
  if (chain?.includes('.') !== true) {
    const typed = chain ?? '';
    // A name without "$" is a field of nothing: expressions of the language have no input of their own.
    if (chain === undefined && /[\w.]$/.test(before)) return [];
    return write([statesObject, ...variables(at, before), ...jsonataFunctions], typed, place, at);
  }
  const [root = '', ...steps] = chain.split('.');
  const typed = steps.pop() ?? '';
  const path = steps.map((step) => step.replace(/\[.*$/, '').replaceAll('`', ''));
  const entries =
    root === '$states'
      ? statesMembers(path, place, at)
      : names(namesBelow(at.machine, [root.replace(/\[.*$/, ''), ...path]));
  return write(entries, typed, place, at);
}

function jsonPathCompletions(place: ExpressionPlace, at: At): readonly Completion[] {
  const { before, allowsCalls } = place;
  if (isInQuotes(before)) return [];
  const chain = CHAIN.exec(before)?.[0];
  if (chain === undefined || chain === '$' || chain === '$$' || !/[.[]/.test(chain)) {
    const typed = chain ?? /[\w.]*$/.exec(before)?.[0] ?? '';
    const isStart = before === typed || /[(,]\s*$/.test(before.slice(0, before.length - typed.length));
    if (!isStart) return [];
    const paths: readonly Entry[] = [
      {
        label: '$',
        kind: 'variable',
        detail: 'the input of the state',
        documentation: 'The whole input; `$.name` is a field of it.',
        insert: '\\$',
      },
      {
        label: '$$',
        kind: 'variable',
        detail: 'the context object',
        documentation: CONTEXT.doc,
        insert: '\\$\\$.',
        opensNext: true,
      },
      ...names(namesBelow(at.machine, ['$'])).map((entry) => ({ ...entry, label: `$.${entry.label}` })),
      ...variables(at, ''),
    ];
    return write(allowsCalls ? [...paths, ...intrinsics] : paths, typed, place, at);
  }
  const [root = '', ...steps] = chain.split('.');
  const typed = steps.pop() ?? '';
  const path = steps.map((step) => step.replace(/\[.*$/, ''));
  const entries = root === '$$' ? contextMembers(path) : names(namesBelow(at.machine, [root, ...path]));
  return write(entries, typed, place, at);
}

/** Whether the text ends inside a quoted string. */
function isInQuotes(before: string): boolean {
  let quote = '';
  for (let index = 0; index < before.length; index++) {
    const character = before[index] ?? '';
    if (quote !== '' && character === '\\') index++;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
  }
  return quote !== '';
}

const statesObject: Entry = {
  label: '$states',
  kind: 'variable',
  detail: 'input, result, errorOutput, context',
  documentation: 'What the state has to work with. Reserved: it cannot be assigned.',
  insert: '\\$states.',
  opensNext: true,
};

function statesMembers(path: readonly string[], { field }: ExpressionPlace, at: At): readonly Entry[] {
  const [first, ...rest] = path;
  if (first === 'context') return contextMembers(rest);
  if (first !== undefined) return names(namesBelow(at.machine, ['$states', ...path]));
  const type = at.cursor.state?.type;
  const isInCatcher = field?.owner.shape === 'catcher';
  const isAfter = field !== undefined && ['Output', 'Assign'].includes(field.name) && !isInCatcher;
  const hasResult = isAfter && (type === 'Task' || type === 'Parallel' || type === 'Map');
  return [
    member('input', 'The input of the state.'),
    ...(hasResult ? [member('result', 'What the task, the branches or the items gave.')] : []),
    ...(isInCatcher ? [member('errorOutput', 'The error that was caught: `Error` and `Cause`.')] : []),
    { ...member('context', CONTEXT.doc), insert: 'context.', opensNext: true as const },
  ];
}

function contextMembers(path: readonly string[]): readonly Entry[] {
  let current: ContextMember | undefined = CONTEXT;
  for (const step of path) current = current?.members?.[step];
  return Object.entries(current?.members ?? {}).map(([name, { doc, members }]) => ({
    ...member(name, doc),
    ...(members && { insert: `${name}.`, opensNext: true as const }),
  }));
}

function member(label: string, documentation: string): Entry {
  return { label, kind: 'member', detail: '', documentation };
}

function names(found: readonly string[]): readonly Entry[] {
  return found
    .filter((name) => /^[\w-]+$/.test(name))
    .map((label) => ({ label, kind: 'member' as const, detail: 'used in this definition', documentation: '' }));
}

/** Variables that earlier states have assigned, and those that the expression binds itself. */
function variables({ machine, cursor: { state } }: At, before: string): readonly Entry[] {
  const flow = variableFlow(machine);
  const scope = state && machine.scopes.find(({ states }) => states[state.index] === state);
  const bound = [
    ...before.matchAll(/\$([A-Za-z_]\w*)\s*:=/g),
    ...[...before.matchAll(/(?:function|λ)\s*\(([^)]*)\)/g)].flatMap(([, list = '']) => [...list.matchAll(/\$(\w+)/g)]),
  ].map(([, name = '']) => name);
  const entries: Entry[] = [];
  if (state !== undefined && scope !== undefined) {
    for (const name of flow.namesBefore(state, scope)) {
      const isSure = flow.before(state, scope, name) === 'always';
      const detail = isSure ? 'variable' : 'variable, assigned on some ways here';
      entries.push({ label: `$${name}`, kind: 'variable', detail, documentation: '' });
    }
  }
  for (const name of new Set(bound)) {
    entries.push({ label: `$${name}`, kind: 'variable', detail: 'bound in this expression', documentation: '' });
  }
  return entries;
}

const jsonataFunctions: readonly Entry[] = [...JSONATA_FUNCTIONS]
  .filter(([name]) => name !== 'eval')
  .map(([name, { max, signature, doc }]) => ({
    label: `$${name}`,
    kind: 'function' as const,
    detail: signature,
    documentation: doc,
    insert: `\\$${name}(${max === 0 ? '' : '$1'})`,
  }));

const intrinsics: readonly Entry[] = Object.entries(INTRINSICS).map(([label, { max, signature, doc }]) => ({
  label,
  kind: 'function' as const,
  detail: signature,
  documentation: doc,
  insert: `${label}(${max === 0 ? '' : '$1'})`,
}));
