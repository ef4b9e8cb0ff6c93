import { nearest } from '../../../language/nearest.ts';
import { within } from '../../../language/rules/rule.ts';
import type { Node, StringNode } from '../../../language/tree.ts';
import { didYouMean } from '../../describe.ts';
import { parseJsonata } from '../../expressions/jsonata.ts';
import type { JsonataAnalysis } from '../../expressions/jsonataAnalysis.ts';
import { JSONATA_FUNCTIONS } from '../../expressions/jsonataFunctions.ts';
import { DELIMITER, EXPRESSION } from '../../fields/stateForm.ts';
import { isExpression, type VisitedExpression } from '../../fields/visit.ts';
import { isOpaque } from '../../model.ts';
import { ofState } from '../../ofState.ts';
import type { StateRule } from '../rule.ts';

/** Where the expression begins inside its string. */
const LEAD = 2;

function source(node: StringNode): string {
  return node.value.slice(LEAD, -2);
}

/** The expressions of a state that can be read, with what they use. */
export const analysesOf = ofState((state): readonly AnalyzedExpression[] => {
  const found: AnalyzedExpression[] = [];
  for (const { node, field } of state.visit.expressions) {
    if (isOpaque(node)) continue;
    const { analysis } = parseJsonata(source(node));
    if (analysis !== undefined) found.push({ node, field, analysis });
  }
  return found;
});

type AnalyzedExpression = VisitedExpression & { readonly analysis: JsonataAnalysis };

/** Units `from` to `to` of an expression as a place in its string. */
export function inExpression(node: StringNode, from: number, to: number) {
  return within(node, from + LEAD, to + LEAD);
}

export const jsonataSyntax: StateRule = {
  id: 'asl/jsonata-syntax',
  subject: 'state',
  fields: [EXPRESSION],
  severity: 'error',
  sources: ['N03'],
  language: 'JSONata',
  docs: {
    what: 'Each `{% … %}` is a valid JSONata 2.0.6 expression.',
    why: 'AWS reads every expression when the machine is created.',
    bad: '{"Condition": "{% $states.input.n == 1 %}", "Next": "A"}',
    good: '{"Condition": "{% $states.input.n = 1 %}", "Next": "A"}',
    aws: 'INVALID_JSONATA_EXPRESSION, with the message of JSONata, at the field.',
  },
  check: ({ visit }, report) => {
    for (const { node } of visit.expressions) {
      if (isOpaque(node)) continue;
      const { error } = parseJsonata(source(node));
      if (error !== undefined)
        report({ at: inExpression(node, error.from, error.to), message: `JSONata: ${error.message}` });
    }
  },
};

export const jsonataTopLevel: StateRule = {
  id: 'asl/jsonata-top-level',
  subject: 'state',
  fields: [EXPRESSION],
  severity: 'error',
  sources: ['N05', 'N03'],
  language: 'JSONata',
  docs: {
    what: 'An expression begins with `$states` or a variable: bare names, `$` and `$$` at its top level stand for nothing.',
    why: 'Expressions have no input of their own in Step Functions.',
    bad: '{"Output": "{% customer.name %}"}',
    good: '{"Output": "{% $states.input.customer.name %}"}',
    aws: 'UNSUPPORTED_JSONATA_EXPRESSION: "Reference to \'customer\' at the top level is not supported."',
  },
  check: (state, report) => {
    for (const { node, analysis } of analysesOf(state)) {
      for (const { name, from, to } of analysis.topLevel) {
        const meant = name.startsWith('$') ? '$states.input' : `$states.input.${name}`;
        report({
          at: inExpression(node, from, to),
          message: `"${name}" at the top level of an expression stands for nothing. Did you mean "${meant}"?`,
          fixes: [
            {
              title: `Change to "${meant}"`,
              isSafe: true,
              edits: [
                {
                  kind: 'replaceString',
                  node,
                  value: node.value.slice(0, from + LEAD) + meant + node.value.slice(to + LEAD),
                },
              ],
            },
          ],
        });
      }
    }
  },
};

export const statesMember: StateRule = {
  id: 'asl/states-member-place',
  subject: 'state',
  fields: [EXPRESSION],
  severity: 'error',
  sources: ['N06'],
  language: 'JSONata',
  docs: {
    what: '`$states.errorOutput` is only there in Output and Assign of a catcher, `$states.result` only in Output and Assign of a Task, Parallel or Map.',
    why: 'Elsewhere there is no error output, and no result yet.',
    bad: '{"Type": "Task", "Arguments": {"x": "{% $states.result %}"}}',
    good: '{"Type": "Task", "Output": {"x": "{% $states.result %}"}}',
    aws: 'Refused: errorOutput outside of a catcher.',
  },
  check: (state, report) => {
    for (const { node, field, analysis } of analysesOf(state)) {
      const isAfter = field.name === 'Output' || field.name === 'Assign';
      for (const { name, path, from, to } of analysis.variables) {
        if (name !== 'states') continue;
        const end = to + 1 + (path[0]?.length ?? 0);
        if (path[0] === 'errorOutput' && !(field.owner.shape === 'catcher' && isAfter)) {
          report({
            at: inExpression(node, from, end),
            message: '$states.errorOutput is only there in Output and Assign of a catcher.',
          });
        }
        const hasResult = isAfter && ['Task', 'Parallel', 'Map'].includes(field.owner.shape);
        if (path[0] === 'result' && !hasResult) {
          report({
            at: inExpression(node, from, end),
            message: '$states.result is only there in Output and Assign of a Task, Parallel or Map.',
          });
        }
      }
    }
  },
};

const MEMBERS = ['input', 'result', 'errorOutput', 'context'];

export const unknownStatesMember: StateRule = {
  id: 'asl/unknown-states-member',
  subject: 'state',
  fields: [EXPRESSION],
  severity: 'warning',
  sources: ['N11'],
  language: 'JSONata',
  docs: {
    what: '`$states` has input, result, errorOutput and context.',
    why: 'Another name gives nothing, and the state fails with States.QueryEvaluationError where a value is due.',
    bad: '{"Output": "{% $states.inputs.id %}"}',
    good: '{"Output": "{% $states.input.id %}"}',
    aws: 'Not known.',
  },
  check: (state, report) => {
    for (const { node, analysis } of analysesOf(state)) {
      for (const { name, path, to } of analysis.variables) {
        const [member] = path;
        if (name !== 'states' || member === undefined || MEMBERS.includes(member)) continue;
        report({
          at: inExpression(node, to, to + 1 + member.length),
          message: `$states has no "${member}": it has input, result, errorOutput and context.${didYouMean(nearest(member, MEMBERS))}`,
        });
      }
    }
  },
};

export const jsonataEval: StateRule = {
  id: 'asl/jsonata-eval',
  subject: 'state',
  fields: [EXPRESSION],
  severity: 'error',
  sources: ['N07'],
  language: 'JSONata',
  docs: {
    what: '`$eval` is not used.',
    why: 'Step Functions does not have it: the state fails when it runs. `$parse` reads JSON.',
    bad: '{"Output": "{% $eval($states.input.json) %}"}',
    good: '{"Output": "{% $parse($states.input.json) %}"}',
    aws: 'Accepted; fails at run time with States.QueryEvaluationError.',
  },
  check: (state, report) => {
    for (const { node, analysis } of analysesOf(state)) {
      for (const { name, from, to } of analysis.calls) {
        if (name !== 'eval') continue;
        report({
          at: inExpression(node, from, to),
          message: 'Step Functions has no $eval: the state would fail. Use $parse to read JSON.',
          fixes: [
            {
              title: 'Change to $parse',
              isSafe: false,
              edits: [
                {
                  kind: 'replaceString',
                  node,
                  value: `${node.value.slice(0, from + LEAD)}$parse${node.value.slice(to + LEAD)}`,
                },
              ],
            },
          ],
        });
      }
    }
  },
};

export const jsonataArgumentCount: StateRule = {
  id: 'asl/jsonata-argument-count',
  subject: 'state',
  fields: [EXPRESSION],
  severity: 'warning',
  sources: ['N08'],
  language: 'JSONata',
  docs: {
    what: 'A function is called with as many arguments as it takes.',
    why: 'The state would fail with States.QueryEvaluationError.',
    bad: '{"Output": "{% $uuid(1) %}"}',
    good: '{"Output": "{% $uuid() %}"}',
    aws: 'Accepted; fails at run time.',
  },
  check: (state, report) => {
    for (const { node, analysis } of analysesOf(state)) {
      for (const { name, argumentCount, from, to } of analysis.calls) {
        const known = JSONATA_FUNCTIONS.get(name);
        if (known === undefined || argumentCount === undefined) continue;
        if (argumentCount >= known.min && argumentCount <= known.max) continue;
        const count = argumentCount === 1 ? '1 argument' : `${argumentCount} arguments`;
        report({ at: inExpression(node, from, to), message: `$${name} does not take ${count}: ${known.signature}.` });
      }
    }
  },
};

export const expressionDelimiters: StateRule = {
  id: 'asl/expression-delimiters',
  subject: 'state',
  fields: [DELIMITER],
  severity: 'warning',
  sources: ['N09'],
  language: 'JSONata',
  docs: {
    what: 'An expression begins with `{%` and ends with `%}`, with nothing around.',
    why: 'A string with only one of them, or with blanks around them, is taken as text.',
    bad: '{"Output": "{% $states.input.id"}',
    good: '{"Output": "{% $states.input.id %}"}',
    aws: 'Accepted as a literal string.',
  },
  check: ({ visit }, report) => {
    for (const { spec, node, owner } of visit.fields) {
      if (spec.value.kind === 'payload' && spec.language !== 'JSONPath' && owner.shape !== 'retrier')
        reportDelimiters(node, report);
      else if ('expression' in spec.value) reportDelimiters(node, report);
    }
  },
};

function reportDelimiters(node: Node, report: Parameters<StateRule['check']>[1]): void {
  if (node.kind === 'object') for (const { value } of node.properties) reportDelimiters(value, report);
  else if (node.kind === 'array') for (const item of node.items) reportDelimiters(item, report);
  else if (node.kind === 'string' && !isExpression(node.value) && !isOpaque(node)) {
    const trimmed = node.value.trim();
    if (isExpression(trimmed)) {
      report({
        at: node,
        message: 'There are blanks around {% … %}, so this is taken as text. Remove them.',
        fixes: [{ title: 'Remove the blanks', isSafe: true, edits: [{ kind: 'replaceString', node, value: trimmed }] }],
      });
    } else if (trimmed.startsWith('{%') !== trimmed.endsWith('%}')) {
      const missing = trimmed.startsWith('{%') ? '%}' : '{%';
      report({ at: node, message: `"${missing}" is missing, so this is taken as text.` });
    }
  }
}
