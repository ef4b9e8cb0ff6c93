import { nearest } from '../../../language/nearest.ts';
import { within, type Place } from '../../../language/rules/rule.ts';
import type { Node } from '../../../language/tree.ts';
import { unknownContextStep } from '../../contextObject.ts';
import { anyOf, didYouMean, quote, textField } from '../../describe.ts';
import { callsIn, looksLikeIntrinsic, parseIntrinsic } from '../../expressions/intrinsics.ts';
import { parsePath } from '../../expressions/jsonPath.ts';
import { CONTEXT } from '../../fields/stateForm.ts';
import type { VisitedField } from '../../fields/visit.ts';
import { isOpaque } from '../../model.ts';
import { ofState } from '../../ofState.ts';
import { analysesOf, inExpression } from '../jsonata/expressions.ts';
import type { StateRule } from '../rule.ts';

interface ContextUse {
  readonly steps: readonly (string | number | undefined)[];
  readonly at: Place;
  readonly field: VisitedField;
}

/** Every use of the context object in a state: `$$.…` in JSONPath, `$states.context.…` in JSONata. */
export const contextUses = ofState((state): readonly ContextUse[] => {
  const found: ContextUse[] = [];
  if (state.isJsonata) {
    for (const { node, field, analysis } of analysesOf(state)) {
      for (const { name, path, from, to } of analysis.variables) {
        if (name !== 'states' || path[0] !== 'context') continue;
        const end = to + path.reduce((length, step) => length + step.length + 1, 0);
        found.push({ steps: path.slice(1), at: inExpression(node, from, end), field });
      }
    }
    return found;
  }
  for (const { node, field } of state.visit.templateFields) addUses(node, field, found);
  for (const field of state.visit.fields) {
    if (field.spec.value.kind === 'path') addUses(field.node, field, found);
  }
  return found;
});

function addUses(node: Node, field: VisitedField, found: ContextUse[]): void {
  if (node.kind !== 'string' || !node.value.includes('$$') || isOpaque(node)) return;
  const texts: { text: string; start: number }[] = [];
  if (looksLikeIntrinsic(node.value)) {
    const call = parseIntrinsic(node.value);
    if ('error' in call) return;
    for (const { args } of callsIn(call))
      for (const argument of args) if (argument.kind === 'path') texts.push(argument);
  } else texts.push({ text: node.value, start: 0 });
  for (const { text, start } of texts) {
    const path = parsePath(text);
    if (path.error !== undefined || path.root !== '$$') continue;
    found.push({ steps: path.steps, at: within(node, start, start + text.length), field });
  }
}

export const unknownContextMember: StateRule = {
  id: 'asl/unknown-context-member',
  subject: 'state',
  fields: [CONTEXT],
  severity: 'warning',
  sources: ['J05'],
  docs: {
    what: 'A path into the context object (`$$.` or `$states.context.`) names what is there: Execution, State, StateMachine, Task, Map and their members.',
    why: 'A misspelt path fails the execution.',
    bad: '{"Parameters": {"run.$": "$$.Execution.ID"}}',
    good: '{"Parameters": {"run.$": "$$.Execution.Id"}}',
    aws: 'Accepted; fails at run time.',
  },
  check: (state, report) => {
    for (const { steps, at } of contextUses(state)) {
      const unknown = unknownContextStep(steps);
      if (unknown === undefined) continue;
      const name = String(steps[unknown.index]);
      const parent = steps.slice(0, unknown.index).join('.');
      const holder = parent === '' ? 'The context object' : `${parent} of the context object`;
      const has = unknown.names.length === 0 ? '' : ` It has ${anyOf(unknown.names, 'and')}.`;
      report({ at, message: `${holder} has no ${quote(name)}.${has}${didYouMean(nearest(name, unknown.names))}` });
    }
  },
};

export const taskTokenElsewhere: StateRule = {
  id: 'asl/task-token-elsewhere',
  subject: 'state',
  fields: [CONTEXT],
  severity: 'warning',
  sources: ['J06'],
  docs: {
    what: 'The task token is used in a task whose Resource ends in `.waitForTaskToken`.',
    why: 'Elsewhere there is no token, and the state fails.',
    bad: '{"Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f", "Payload": {"token.$": "$$.Task.Token"}}}',
    good: '{"Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "Parameters": {"FunctionName": "f", "Payload": {"token.$": "$$.Task.Token"}}}',
    aws: 'Accepted; fails at run time.',
  },
  check: (state, report) => {
    const resource = textField(state.node, 'Resource');
    if (
      state.type === 'Task' &&
      (resource === undefined || !resource.startsWith('arn:') || resource.endsWith('.waitForTaskToken'))
    ) {
      return;
    }
    if (state.type === 'Task' && !/:states:[^:]*:\d*:/.test(resource ?? '')) return;
    for (const { steps, at } of contextUses(state)) {
      if (steps[0] !== 'Task' || steps[1] !== 'Token') continue;
      report({
        at,
        message: 'There is no task token here: only tasks whose Resource ends in ".waitForTaskToken" have one.',
      });
    }
  },
};

export const mapItemElsewhere: StateRule = {
  id: 'asl/map-item-elsewhere',
  subject: 'state',
  fields: [CONTEXT],
  severity: 'warning',
  sources: ['M15'],
  docs: {
    what: '`$$.Map.Item` (`$states.context.Map.Item`) is used in ItemSelector or inside the processor of a Map.',
    why: 'Elsewhere there is no item, and the state fails.',
    bad: '{"Type": "Pass", "Parameters": {"i.$": "$$.Map.Item.Index"}, "End": true}',
    good: '{"Type": "Map", "ItemSelector": {"i.$": "$$.Map.Item.Index"}}',
    aws: 'Accepted; fails at run time.',
  },
  check: (state, report) => {
    if (state.surroundings.isInMap) return;
    for (const { steps, at, field } of contextUses(state)) {
      if (steps[0] !== 'Map') continue;
      const isInMap =
        state.type === 'Map' &&
        !['InputPath', 'ItemsPath', 'Items', 'OutputPath', 'ResultSelector'].includes(field.name);
      if (isInMap) continue;
      report({ at, message: 'There is no Map item here: only ItemSelector and the states inside a Map have one.' });
    }
  },
};

export const discardedResult: StateRule = {
  id: 'asl/discarded-result',
  subject: 'state',
  fields: ['ResultSelector'],
  severity: 'warning',
  sources: ['J07'],
  language: 'JSONPath',
  types: ['Task', 'Parallel', 'Map'],
  docs: {
    what: 'A state with a ResultSelector keeps its result: neither ResultPath nor OutputPath is null.',
    why: 'The selected result would be thrown away.',
    bad: '{"ResultSelector": {"id.$": "$.Id"}, "ResultPath": null}',
    good: '{"ResultSelector": {"id.$": "$.Id"}, "ResultPath": "$.job"}',
    aws: 'Accepted.',
  },
  check: ({ node }, report) => {
    const selector = node.property('ResultSelector');
    if (selector === undefined || node.has('Assign')) return;
    for (const name of ['ResultPath', 'OutputPath']) {
      const path = node.property(name);
      if (path?.value.kind !== 'null') continue;
      report({
        at: selector.key,
        message: `${name} is null, so what ResultSelector builds is thrown away.`,
        related: [{ at: path.key, message: `${name} is here` }],
      });
    }
  },
};
