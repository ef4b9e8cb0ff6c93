import { nearest } from '../../../language/nearest.ts';
import { anyOf, didYouMean, quote } from '../../../language/words.ts';
import type { Node } from '../../../language/tree.ts';
import { keyOf, type Problem } from '../../../language/rules/rule.ts';
import { DIALECTS, type Dialect } from '../../dialect.ts';
import { SHAPES } from '../../fields/shapes.ts';
import type { FieldSpec, Word } from '../../fields/spec.ts';
import type { Part } from '../../part.ts';
import { partsOf } from '../../place.ts';
import { knownText } from '../../values.ts';
import { fix, replaceText, type ResourceRule } from '../rule.ts';

export const fieldValue: ResourceRule = {
  id: 'glue/field-value',
  subject: 'resource',
  severity: 'error',
  sources: [],
  docs: {
    what: 'A field holds what the API documents for it: one of its words, a number of its range, an object, a list.',
    why: 'Anything else is refused: by the CLI before it calls, by Terraform in the plan, by CloudFormation half-way.',
    bad: '{"Name": "load", "ExecutionClass": "SPOT", "ExecutionProperty": {"MaxConcurrentRuns": 0}}',
    good: '{"Name": "load", "ExecutionClass": "FLEX", "ExecutionProperty": {"MaxConcurrentRuns": 2}}',
    aws: 'Parameter validation failed, or InvalidInputException.',
  },
  check: (resource, report) => {
    // What the service wrote it has accepted, in forms that its own input does not take.
    if (resource.dialect === 'reply' || resource.dialect === 'studio') return;
    for (const part of partsOf(resource)) {
      for (const field of SHAPES[part.shape].fields) {
        const node = part.get(field.name);
        const problem = node && problemOf(field, node, part);
        if (problem !== undefined) report(problem);
      }
    }
  },
};

function problemOf(field: FieldSpec, node: Node, part: Part): Problem | undefined {
  if (node.kind === 'unknown') return undefined;
  const name = part.spell(field.name);
  switch (field.value.kind) {
    case 'text':
    case 'word':
      return textProblem(field, node, { part, name });
    case 'integer':
    case 'number':
      return numberProblem(field, node, { part, name });
    case 'boolean':
      return booleanProblem(node, { part, name });
    default:
      return field.isOwned ? undefined : containerProblem(field, node, { part, name });
  }
}

interface At {
  readonly part: Part;
  /** As the dialect writes it. */
  readonly name: string;
}

/** Whether the reader takes a number for a text and a text for a number. */
function isCoercing(dialect: Dialect): boolean {
  return DIALECTS[dialect].isCoercing || DIALECTS[dialect].isWrittenByService;
}

function textProblem({ value, isOwned }: FieldSpec, node: Node, { part, name }: At): Problem | undefined {
  if (node.kind === 'object' || node.kind === 'array') return { at: keyOf(node), message: `${name} is a text.` };
  const text = knownText(node, part.source);
  if (text === undefined) return undefined;
  // A word that does not exist is told of by the rule that owns the field.
  const isOther = isOwned && value.kind === 'word' && !value.words.some((word) => word.name === text);
  if (node.kind !== 'string' && !isCoercing(part.dialect) && !isOther) {
    return {
      at: node,
      message: `${name} is a text: write ${quote(text)}, in quotes.`,
      fixes: [fix(`Put quotes around ${text}`, { kind: 'replaceValue', node, value: text }, true)],
    };
  }
  if (isOwned) return undefined;
  if (value.kind === 'word') return wordProblem(value.words, text, { node, name });
  if (value.kind !== 'text') return undefined;
  const { max = Number.MAX_SAFE_INTEGER, pattern, form = '' } = value;
  const { length } = text;
  if (length > max) return { at: node, message: `${name} has ${length} characters, and at most ${max} are allowed.` };
  return pattern === undefined || pattern.test(text)
    ? undefined
    : { at: node, message: `${name} is ${form}, not ${quote(text)}.` };
}

function wordProblem(
  words: readonly Word[],
  text: string,
  { node, name }: { node: Node; name: string },
): Problem | undefined {
  const names = words.map((word) => word.name);
  if (names.includes(text)) return undefined;
  const meant = nearest(text, names);
  return {
    at: node,
    message: `${name} is ${anyOf(names)}, not ${quote(text)}.${didYouMean(meant)}`,
    fixes: (meant === undefined ? names : [meant]).map((one) => replaceText(node, one)),
  };
}

function numberProblem({ value, isOwned }: FieldSpec, node: Node, { part, name }: At): Problem | undefined {
  const text = knownText(node, part.source)?.trim();
  const isText = node.kind === 'string';
  if (text === undefined) {
    return node.kind === 'object' || node.kind === 'array'
      ? { at: keyOf(node), message: `${name} is a number.` }
      : undefined;
  }
  const form = value.kind === 'integer' ? /^-?\d+(?:\.0+)?$/ : /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
  if (!form.test(text)) {
    return { at: node, message: `${name} is a ${value.kind === 'integer' ? 'whole ' : ''}number, not ${quote(text)}.` };
  }
  const amount = Number(text);
  if (isText && !isCoercing(part.dialect)) {
    return {
      at: node,
      message: `${name} is a number: write ${amount}, without quotes.`,
      fixes: [fix(`Change to ${amount}`, { kind: 'replaceValue', node, value: amount }, true)],
    };
  }
  if (isOwned || value.kind !== 'integer') return undefined;
  const { min, max } = value;
  if (amount >= min && amount <= max) return undefined;
  const range = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `${min} to ${max}`;
  return { at: node, message: `${name} is ${range}, not ${amount}.` };
}

function booleanProblem(node: Node, { part, name }: At): Problem | undefined {
  const text = knownText(node, part.source);
  if (node.kind === 'boolean' || text === undefined) return undefined;
  const isWord = /^(?:true|false)$/i.test(text);
  if (isWord && isCoercing(part.dialect)) return undefined;
  return {
    at: node,
    message: `${name} is true or false${isWord ? ', without quotes' : `, not ${quote(text)}`}.`,
    fixes: isWord
      ? [fix(`Change to ${text.toLowerCase()}`, { kind: 'replaceValue', node, value: /^true$/i.test(text) }, true)]
      : [],
  };
}

/** Objects and lists; blocks of Terraform and arguments of Pulumi may be one or several of what the API has one of. */
function containerProblem({ value }: FieldSpec, node: Node, { part, name }: At): Problem | undefined {
  if (node.kind === 'string' && knownText(node, part.source) === undefined) return undefined;
  const isStrict = !['terraform', 'program', 'cdk'].includes(part.dialect);
  const isScalar = node.kind !== 'object' && node.kind !== 'array';
  const is = (what: string): Problem => ({ at: keyOf(node), message: `${name} is ${what}.` });
  switch (value.kind) {
    case 'object':
      return isScalar || (node.kind === 'array' && isStrict) ? is('an object') : undefined;
    case 'list':
      return isScalar || (node.kind === 'object' && isStrict) ? is('a list of objects') : undefined;
    case 'texts':
      return node.kind !== 'array' && isStrict && part.dialect !== 'cloudformation' ? is('a list of texts') : undefined;
    default: {
      const isJson = node.kind === 'string' && /^\s*\{/.test(node.value);
      return node.kind === 'object' || isJson ? undefined : is('an object of names and texts');
    }
  }
}
