import type { SyntaxNode } from '@lezer/common';
import type { OptionUse, ScriptFacts, ScriptOption, Span } from './facts.ts';
import { OptionLists } from './optionNames.ts';
import { isConditional, literalSpot, partsOf, pythonNodes } from './pythonSyntax.ts';
import { scriptProblems } from './scriptProblems.ts';

/** Whether a Python text is worth reading as a script of Glue. */
export function mayBeScript(text: string): boolean {
  return /\bgetResolvedOptions\b|\bawsglue\b/.test(text);
}

/**
 * What a Python script asks for and reads of its job's arguments; undefined for what has nothing to do with Glue. A
 * module that only takes over `getResolvedOptions` for others is none.
 */
export function readScript(text: string): ScriptFacts | undefined {
  if (!mayBeScript(text)) return undefined;
  const nodes = pythonNodes(text);
  const source = ({ from, to }: SyntaxNode): string => text.slice(from, to);
  const names = resolverNames(text);
  const lists = new OptionLists(nodes, text);
  const options: ScriptOption[] = [];
  const results = new Set<string>();
  let isOpen = readsArgumentsOtherwise(text, names);
  let anchor: Span | undefined;
  for (const node of nodes) {
    if (node.name !== 'CallExpression') continue;
    const { firstChild: callee, lastChild: list } = node;
    if (!callee || !list || !names.has(source(callee))) continue;
    const given = partsOf(list);
    const wanted = given.at(-1);
    // In a function of its own the list comes from whoever calls it.
    const read = lists.read(given.length > 1 ? wanted : undefined);
    const mayNotRun = isConditional(node, text);
    options.push(...read.options.map((option) => (mayNotRun ? { ...option, isConditional: true } : option)));
    isOpen ||= read.isOpen;
    if (wanted !== undefined) anchor = { start: wanted.from, end: wanted.to };
    const result = resultOf(node);
    if (result !== undefined) results.add(source(result));
  }
  const kept = merged(options);
  const repeated = options
    .filter((option) => !kept.includes(option))
    .map(({ spot }): OptionUse => ({ spot, isNeeded: false }));
  return {
    options: kept,
    uses: [...usesIn(nodes, text, results), ...repeated],
    isOpen,
    anchor,
    problems: scriptProblems(nodes, text),
  };
}

/** The names that the script calls `getResolvedOptions` by. */
function resolverNames(text: string): ReadonlySet<string> {
  const names = new Set(['getResolvedOptions', 'utils.getResolvedOptions', 'awsglue.utils.getResolvedOptions']);
  for (const [, alias = ''] of text.matchAll(/\bgetResolvedOptions\s+as\s+(\w+)/g)) names.add(alias);
  return names;
}

/** Whether arguments may be read by other means as well: by argparse, or from `sys.argv` itself. */
function readsArgumentsOtherwise(text: string, names: ReadonlySet<string>): boolean {
  if (/\b(?:argparse|optparse|getopt|click|fire|absl)\b/.test(text)) return true;
  const rest = text
    .replaceAll(/\bin\s+sys\.argv\b/g, '')
    .replaceAll(/([\w.]+)\s*\(\s*sys\.argv\b/g, (whole, name: string) => (names.has(name) ? '' : whole))
    .replaceAll(/#.*$/gm, '');
  return /\bsys\.argv\b/.test(rest) || /\bfrom\s+sys\s+import\b.*\bargv\b/.test(rest);
}

/** The variable that a call's result is given. */
function resultOf(call: SyntaxNode): SyntaxNode | undefined {
  const { parent } = call;
  if (parent?.name !== 'AssignStatement' || parent.lastChild?.from !== call.from) return undefined;
  return parent.firstChild ?? undefined;
}

/** Each name once: it is asked for at all events if one place says so. */
function merged(options: readonly ScriptOption[]): ScriptOption[] {
  const byName = new Map<string, ScriptOption>();
  for (const option of options) {
    const before = byName.get(option.name);
    if (before === undefined || (before.isConditional && !option.isConditional)) byName.set(option.name, option);
  }
  return [...byName.values()];
}

/** `args['source']`, `args.get('source')`, `'--source' in sys.argv`. */
function usesIn(nodes: readonly SyntaxNode[], text: string, results: ReadonlySet<string>): OptionUse[] {
  const source = ({ from, to }: SyntaxNode): string => text.slice(from, to);
  const uses: OptionUse[] = [];
  const isResult = (node: SyntaxNode | null): boolean => node !== null && results.has(source(node));
  for (const node of nodes) {
    if (node.name === 'MemberExpression') {
      const [object, key] = partsOf(node);
      const spot = isResult(object ?? null) ? literalSpot(key, text) : undefined;
      if (spot !== undefined) uses.push({ spot, isNeeded: true });
    } else if (node.name === 'CallExpression') {
      const { firstChild: callee, lastChild: list } = node;
      const isGet = callee?.name === 'MemberExpression' && /\.(?:get|pop)$/.test(source(callee));
      const spot = isGet && list && isResult(callee.firstChild) ? literalSpot(partsOf(list)[0], text) : undefined;
      if (spot !== undefined) uses.push({ spot, isNeeded: false });
    } else if (node.name === 'BinaryExpression') {
      const spot = literalSpot(node.firstChild, text);
      const [, , right] = partsOf(node);
      if (spot?.text.startsWith('--') !== true || right === undefined) continue;
      if (!/^(?:sys\.)?argv$|^' '\.join\(sys\.argv\)$/.test(source(right))) continue;
      uses.push({ spot: { ...spot, text: spot.text.slice(2), start: spot.start + 2 }, isNeeded: false });
    }
  }
  return uses;
}
