import type { FixEdit } from '../../language/rules/rule.ts';
import type { ObjectNode } from '../../language/tree.ts';
import type { State } from '../model.ts';
import { toCondition } from './choiceCondition.ts';
import { Inexact } from './inexact.ts';
import { expression, select, toExpression, toField, type JsonataValue } from './jsonataValue.ts';
import { isPlainObject, plainOf, type Plain } from './plainValue.ts';
import { translateBatcher, translateStore } from './mapToJsonata.ts';
import { literal, translatePath } from './pathToJsonata.ts';
import { translate, translateTemplate } from './toJsonata.ts';
import { parsePath } from '../expressions/jsonPath.ts';

const INPUT = expression('$states.input');
const RESULT = expression('$states.result');

/** Fields that say the same in both languages, whose text stays. */
const KEPT = new Set([
  'Type',
  'Comment',
  'Next',
  'End',
  'Resource',
  'Retry',
  'Default',
  'Branches',
  'ItemProcessor',
  'Label',
]);
const NUMBERS = [
  'Seconds',
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'MaxConcurrency',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
];
const TEXTS = ['Timestamp', 'Error', 'Cause'];

type Fields = Record<string, Plain>;

/**
 * Makes a JSONPath state a JSONata one: whenever it succeeds now, it gives the same output, variables and next state
 * then. Where it fails for a path that is not there, the error is States.QueryEvaluationError. Throws `Inexact`, with the
 * reason, where the translation would not do the same.
 */
export function stateToJsonata(state: State): readonly FixEdit[] {
  const { node } = state;
  const before: Fields = {};
  for (const { key, value } of node.properties) {
    if (node.issues !== undefined || node.repeats !== undefined) throw new Inexact('Its syntax must be right first.');
    if (!KEPT.has(key.value)) before[key.value] = plainOf(value);
  }
  if (namesPathErrors(node))
    throw new Inexact('Its Retry or Catch names an error of paths, which JSONata does not have.');
  const after = convert(state, before);
  return editsOf(node, before, after);
}

/** The new fields, without those that are kept. */
function convert({ type, node, scopes }: State, before: Fields): Fields {
  const rest = { ...before };
  const take = (name: string): Plain | undefined => {
    const value = rest[name];
    Reflect.deleteProperty(rest, name);
    return value;
  };
  take('QueryLanguage');
  const after: Fields = { QueryLanguage: 'JSONata' };
  const input = pathOr(take('InputPath'), INPUT, INPUT);
  for (const name of NUMBERS) {
    const path = take(`${name}Path`);
    const own = take(name);
    if (own !== undefined) after[name] = literal(own);
    // A JSONPath may lead to a text of digits.
    if (path !== undefined) after[name] = `{% $number(${toExpression(translatePath(text(path), input))}) %}`;
  }
  for (const name of TEXTS) {
    const path = take(`${name}Path`);
    const own = take(name);
    if (own !== undefined) after[name] = literal(own);
    if (path !== undefined) after[name] = toField(translate(text(path), input));
  }
  const credentials = take('Credentials');
  if (credentials !== undefined) after['Credentials'] = toField(translateTemplate(credentials, input));
  const result = type === 'Pass' ? passResult(take, input) : calledResult({ type, take, input, after });
  const selector = take('ResultSelector');
  const selected = selector === undefined ? result : translateTemplate(selector, result);
  const hasResult = type === 'Pass' || type === 'Task' || type === 'Map' || type === 'Parallel';
  const placed = hasResult ? place(take('ResultPath'), selected, INPUT) : input;
  const output = outputOf(take('OutputPath'), placed);
  const plain = type === 'Task' || type === 'Map' || type === 'Parallel' ? RESULT : INPUT;
  const own = toField(output);
  if (type !== 'Fail' && own !== toField(plain)) after['Output'] = own;
  const assigned = take('Assign');
  if (assigned !== undefined) after['Assign'] = toField(translateTemplate(assigned, selected));
  const choices = take('Choices');
  if (choices !== undefined) after['Choices'] = listOf(choices).map((rule) => choiceRule(rule, input, after['Output']));
  const catchers = take('Catch');
  if (catchers !== undefined) after['Catch'] = listOf(catchers).map(catcher);
  const [left] = Object.keys(rest);
  if (left !== undefined) throw new Inexact(`"${left}" must be converted by hand.`);
  if (type === undefined || (node.has('Branches') && scopes.length === 0)) throw new Inexact('It is not complete.');
  return after;
}

type Take = (name: string) => Plain | undefined;

function passResult(take: Take, input: JsonataValue): JsonataValue {
  const result = take('Result');
  const parameters = take('Parameters');
  if (result !== undefined) return { kind: 'template', json: literal(result) };
  return parameters === undefined ? input : translateTemplate(parameters, input);
}

interface Called {
  readonly type: State['type'];
  readonly take: Take;
  readonly input: JsonataValue;
  readonly after: Fields;
}

/** What a Task, Parallel or Map is given; its result has a name of its own. Other states have their input. */
function calledResult({ type, take, input, after }: Called): JsonataValue {
  if (type === 'Map') {
    translateMap(take, input, after);
    return RESULT;
  }
  if (type !== 'Task' && type !== 'Parallel') return input;
  const parameters = take('Parameters');
  const given = parameters === undefined ? input : translateTemplate(parameters, input);
  if (type === 'Task' || toField(given) !== toField(INPUT)) after['Arguments'] = toField(given);
  return RESULT;
}

/** Where the items come from, how they are handed on, and where the results go. */
function translateMap(take: Take, input: JsonataValue, after: Fields): void {
  const reader = take('ItemReader');
  const items = take('ItemsPath');
  if (reader !== undefined && items !== undefined) throw new Inexact('It has both an ItemReader and an ItemsPath.');
  if (reader !== undefined) after['ItemReader'] = translateStore(reader, input);
  else {
    const read = items === undefined ? input : translatePath(text(items), input);
    if (toField(read) !== toField(INPUT)) after['Items'] = toField(read);
  }
  // Parameters is the old name of ItemSelector.
  const [selector, old] = [take('ItemSelector'), take('Parameters')];
  if (selector !== undefined && old !== undefined) throw new Inexact('It has both an ItemSelector and Parameters.');
  const selected = selector ?? old;
  if (selected !== undefined) after['ItemSelector'] = toField(translateTemplate(selected, input));
  const batcher = take('ItemBatcher');
  if (batcher !== undefined) after['ItemBatcher'] = translateBatcher(batcher, input);
  const writer = take('ResultWriter');
  if (writer !== undefined) after['ResultWriter'] = translateStore(writer, input);
}

/** InputPath: null stands for an empty object. */
function pathOr(path: Plain | undefined, data: JsonataValue, otherwise: JsonataValue): JsonataValue {
  if (path === undefined) return otherwise;
  return path === null ? { kind: 'template', json: {} } : translatePath(text(path), data);
}

/** ResultPath: where the value goes in the raw input. */
function place(path: Plain | undefined, value: JsonataValue, input: JsonataValue): JsonataValue {
  if (path === undefined) return value;
  if (path === null) return input;
  const parsed = parsePath(text(path));
  if (parsed.error !== undefined || parsed.root !== '$' || !parsed.isReference)
    throw new Inexact('Its ResultPath is no path.');
  const merged = (steps: readonly (string | number | undefined)[], at: JsonataValue): JsonataValue => {
    const [name, ...more] = steps;
    if (name === undefined) return value;
    if (typeof name !== 'string') throw new Inexact('A ResultPath into an array has no exact counterpart.');
    const inner = toExpression(merged(more, select(at, [name])));
    return expression(`$merge([${toExpression(at)}, {${JSON.stringify(name)}: ${inner}}])`);
  };
  return merged(parsed.steps, input);
}

function outputOf(path: Plain | undefined, placed: JsonataValue): JsonataValue {
  if (path === undefined || path === '$') return placed;
  if (path === null) return { kind: 'template', json: {} };
  const isMerged = placed.kind === 'expression' && placed.text.startsWith('$merge');
  return translatePath(text(path), isMerged ? expression(`(${toExpression(placed)})`) : placed);
}

function choiceRule(rule: Plain, input: JsonataValue, output: Plain | undefined): Plain {
  if (!isPlainObject(rule)) throw new Inexact('A rule is not complete.');
  const { Next, Assign, Comment, ...test } = rule;
  return {
    ...(Comment !== undefined && { Comment }),
    Condition: `{% ${toCondition(test, input)} %}`,
    ...(Assign !== undefined && { Assign: toField(translateTemplate(Assign, input)) }),
    ...(output !== undefined && { Output: output }),
    ...(Next !== undefined && { Next }),
  };
}

function catcher(one: Plain): Plain {
  if (!isPlainObject(one)) throw new Inexact('A catcher is not complete.');
  const { ResultPath, Assign, ...others } = one;
  const error = expression('$states.errorOutput');
  const output = place(ResultPath, error, INPUT);
  return {
    ...others,
    ...(Assign !== undefined && { Assign: toField(translateTemplate(Assign, error)) }),
    ...(toField(output) !== toField(error) && { Output: toField(output) }),
  };
}

function listOf(value: Plain): readonly Plain[] {
  if (!Array.isArray(value)) throw new Inexact('Its syntax must be right first.');
  return value as readonly Plain[];
}

function text(value: Plain): string {
  if (typeof value !== 'string') throw new Inexact('A path is no text.');
  return value;
}

function namesPathErrors(node: ObjectNode): boolean {
  const names = JSON.stringify(['Retry', 'Catch'].map((name) => node.get(name)).map((list) => list && plainOf(list)));
  return /States\.(?:ParameterPathFailure|ResultPathMatchFailure|IntrinsicFailure|ReferencePathConflict)/.test(names);
}

/** Old fields that have one in their place. */
const RENAMED: Readonly<Record<string, string>> = {
  Parameters: 'Arguments',
  ItemsPath: 'Items',
  ...Object.fromEntries([...NUMBERS, ...TEXTS].map((name) => [`${name}Path`, name])),
};

function editsOf(node: ObjectNode, before: Fields, after: Fields): readonly FixEdit[] {
  const edits: FixEdit[] = [];
  const left = { ...after };
  for (const { key, value } of node.properties) {
    const name = key.value;
    if (!Object.hasOwn(before, name)) continue;
    const renamed = RENAMED[name];
    const isRenamed = renamed !== undefined && Object.hasOwn(left, renamed) && !node.has(renamed);
    // The Parameters of a Map are what is called ItemSelector now.
    const isSelector = name === 'Parameters' && Object.hasOwn(left, 'ItemSelector') && !node.has('ItemSelector');
    const target = isRenamed ? renamed : isSelector ? 'ItemSelector' : name;
    const next = left[target];
    if (next === undefined) {
      edits.push({ kind: 'removeProperty', key });
      continue;
    }
    Reflect.deleteProperty(left, target);
    if (target !== name) edits.push({ kind: 'renameKey', node: key, name: target });
    if (JSON.stringify(next) !== JSON.stringify(before[name]))
      edits.push({ kind: 'replaceValue', node: value, value: next });
  }
  for (const [name, value] of Object.entries(left)) edits.push({ kind: 'addProperty', object: node, name, value });
  return edits;
}
