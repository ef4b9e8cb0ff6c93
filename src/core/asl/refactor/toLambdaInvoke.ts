import type { FixEdit } from '../../language/rules/rule.ts';
import type { Node, ObjectNode } from '../../language/tree.ts';
import { looksLikeIntrinsic } from '../expressions/intrinsics.ts';
import { hasPlaceholder, type State } from '../model.ts';
import { Inexact } from './inexact.ts';
import { isPlainObject, plainOf, type Plain } from './plainValue.ts';

/** Where a Lambda task has what the function gave, once it is called by `lambda:invoke`. */
const PAYLOAD = 'Payload';

/**
 * Calls a function that `Resource` names directly with `lambda:invoke`, so that everything after it gets the same as
 * before: the function's result without the facts of the call. Throws `Inexact` where that cannot be said.
 */
export function toLambdaInvoke(state: State): readonly FixEdit[] {
  const { node } = state;
  const resource = node.get('Resource');
  if (resource?.kind !== 'string') throw new Inexact('Its Resource is not written out.');
  const partition = /^arn:([\w-]+):/.exec(resource.value)?.[1] ?? 'aws';
  const invoke: FixEdit = { kind: 'replaceString', node: resource, value: `arn:${partition}:states:::lambda:invoke` };
  const changes = state.isJsonata ? jsonataEdits(node, resource.value) : jsonPathEdits(node, resource.value);
  return [invoke, ...changes];
}

function jsonPathEdits(node: ObjectNode, name: string): FixEdit[] {
  const own = node.get('Parameters');
  const payload: Plain = own ? { FunctionName: name, Payload: plainOf(own) } : { FunctionName: name, 'Payload.$': '$' };
  const edits: FixEdit[] = [given(node, 'Parameters', payload)];
  const selector = node.get('ResultSelector');
  const assign = node.get('Assign');
  if (selector !== undefined) {
    return [...edits, { kind: 'replaceValue', node: selector, value: below(plainOf(selector)) }];
  }
  if (assign !== undefined) edits.push({ kind: 'replaceValue', node: assign, value: below(plainOf(assign)) });
  const resultPath = node.get('ResultPath');
  if (resultPath?.kind === 'null') return edits;
  if (resultPath !== undefined && !(resultPath.kind === 'string' && resultPath.value === '$')) {
    throw new Inexact('Its ResultPath would hold the whole answer of the call, not the result of the function.');
  }
  const outputPath = node.get('OutputPath');
  if (outputPath === undefined) {
    return [...edits, { kind: 'addProperty', object: node, name: 'OutputPath', value: `$.${PAYLOAD}` }];
  }
  if (outputPath.kind === 'null') return edits;
  if (outputPath.kind !== 'string') throw new Inexact('Its OutputPath is not written out.');
  return [...edits, { kind: 'replaceString', node: outputPath, value: pathBelow(outputPath.value) }];
}

function jsonataEdits(node: ObjectNode, name: string): FixEdit[] {
  const own = node.get('Arguments');
  const payload: Plain = own ? plainOf(own) : '{% $states.input %}';
  const edits: FixEdit[] = [given(node, 'Arguments', { FunctionName: name, [PAYLOAD]: payload })];
  for (const field of ['Output', 'Assign']) {
    const value = node.get(field);
    if (value === undefined) continue;
    const before = plainOf(value);
    const after = expressionsBelow(before);
    if (JSON.stringify(before) !== JSON.stringify(after))
      edits.push({ kind: 'replaceValue', node: value, value: after });
  }
  if (node.has('Output')) return edits;
  return [...edits, { kind: 'addProperty', object: node, name: 'Output', value: `{% $states.result.${PAYLOAD} %}` }];
}

function given(node: ObjectNode, name: string, value: Plain): FixEdit {
  const own: Node | undefined = node.get(name);
  return own ? { kind: 'replaceValue', node: own, value } : { kind: 'addProperty', object: node, name, value };
}

/** A payload template that reads the function's result one step further down. */
function below(json: Plain): Plain {
  if (Array.isArray(json)) return (json as readonly Plain[]).map(below);
  if (!isPlainObject(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name,
      name.endsWith('.$') && typeof value === 'string' ? pathBelow(value) : below(value),
    ]),
  );
}

function pathBelow(path: string): string {
  if (looksLikeIntrinsic(path) || hasPlaceholder(path)) {
    throw new Inexact('An intrinsic function or a placeholder reads its result.');
  }
  // The context object and variables stay what they are.
  return /^\$(?=$|[.[])/.test(path) ? `$.${PAYLOAD}${path.slice(1)}` : path;
}

function expressionsBelow(json: Plain): Plain {
  if (Array.isArray(json)) return (json as readonly Plain[]).map(expressionsBelow);
  if (isPlainObject(json)) {
    return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, expressionsBelow(value)]));
  }
  if (typeof json !== 'string' || !json.startsWith('{%')) return json;
  if (
    /(["'`])(?:(?!\1).)*\$states(?:(?!\1).)*\1|\$states(?!\s*\.\s*(?:input|result|context|errorOutput)\b)/.test(json)
  ) {
    throw new Inexact('An expression reads $states as a whole.');
  }
  return json.replaceAll(/\$states\s*\.\s*result\b/g, `$states.result.${PAYLOAD}`);
}
