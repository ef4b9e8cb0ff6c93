import type { Report } from '../../../language/rules/rule.ts';
import type { Node, StringNode } from '../../../language/tree.ts';
import { describeValue, quote } from '../../describe.ts';
import { looksLikeIntrinsic } from '../../expressions/intrinsics.ts';
import { EXPRESSION } from '../../fields/stateForm.ts';
import { isExpression } from '../../fields/visit.ts';
import { isOpaque } from '../../model.ts';
import type { StateRule } from '../rule.ts';

export const staticResult: StateRule = {
  id: 'asl/static-result',
  subject: 'state',
  fields: ['Result'],
  severity: 'hint',
  sources: ['S01'],
  types: ['Pass'],
  language: 'JSONPath',
  docs: {
    what: '`Result` of a Pass holds no paths, and does not stand beside `Parameters`.',
    why: 'Result is passed on as it is: paths in it are not evaluated, and Parameters only shape what it replaces.',
    bad: '{"Type": "Pass", "Result": {"id.$": "$.id"}, "End": true}',
    good: '{"Type": "Pass", "Parameters": {"id.$": "$.id"}, "End": true}',
    aws: 'PASS_RESULT_IS_STATIC, a warning.',
  },
  check: ({ node }, report) => {
    const result = node.property('Result');
    if (result === undefined) return;
    const parameters = node.property('Parameters');
    if (parameters !== undefined) {
      report({
        at: result.key,
        message: 'Result is what this state gives: Parameters beside it have no effect. Remove one of them.',
        related: [{ at: parameters.key, message: 'Parameters are here' }],
      });
    }
    for (const { key, value } of pathsIn(result.value)) {
      report({
        at: key ?? value,
        message: 'Result is passed on as it is: this path is not evaluated. Use Parameters instead of Result.',
        fixes: [
          {
            title: 'Rename Result to Parameters',
            isSafe: false,
            edits: [{ kind: 'renameKey', node: result.key, name: 'Parameters' }],
          },
        ],
      });
    }
  },
};

function* pathsIn(node: Node): Generator<{ key: StringNode | undefined; value: StringNode }> {
  if (node.kind === 'array') for (const item of node.items) yield* pathsIn(item);
  if (node.kind !== 'object') return;
  for (const { key, value } of node.properties) {
    if (value.kind === 'string' && key.value.endsWith('.$')) yield { key, value };
    else yield* pathsIn(value);
  }
}

export const reservedErrorName: StateRule = {
  id: 'asl/reserved-error-name',
  subject: 'state',
  fields: ['Error'],
  severity: 'warning',
  sources: ['X04'],
  types: ['Fail'],
  docs: {
    what: '`Error` of a Fail does not begin with `States.`.',
    why: 'Those names are for Step Functions itself; a reader of the history would take it for one of them.',
    bad: '{"Type": "Fail", "Error": "States.Invalid"}',
    good: '{"Type": "Fail", "Error": "InvalidOrder"}',
    aws: 'Accepted.',
  },
  check: ({ node }, report) => {
    const error = node.get('Error');
    if (error?.kind !== 'string' || !error.value.startsWith('States.') || isOpaque(error)) return;
    report({
      at: error,
      message: `Error names that begin with "States." belong to Step Functions. Give it a name of its own.`,
      severity: 'hint',
    });
  },
};

export const pathInConstant: StateRule = {
  id: 'asl/path-in-constant',
  subject: 'state',
  severity: 'warning',
  sources: ['B11'],
  types: ['Fail'],
  fields: ['Error', 'Cause'],
  language: 'JSONPath',
  docs: {
    what: 'A field whose name does not end in Path holds no path.',
    why: 'It is taken as the text itself.',
    bad: '{"Type": "Fail", "Cause": "$.error.Cause"}',
    good: '{"Type": "Fail", "CausePath": "$.error.Cause"}',
    aws: 'NO_PATH, a warning.',
  },
  check: ({ visit }, report) => {
    for (const { name, node, spec, property, owner } of visit.fields) {
      if (spec.value.kind !== 'text' || node.kind !== 'string' || owner.shape !== 'Fail') continue;
      if (!/^\$(?:\$?\.|\[)/.test(node.value) && !/^States\.\w+\(/.test(node.value)) continue;
      report({
        at: node,
        message: `${quote(node.value)} is taken as text. Use ${name}Path to take the value from there.`,
        fixes: [
          {
            title: `Rename to ${name}Path`,
            isSafe: true,
            edits: [{ kind: 'renameKey', node: property.key, name: `${name}Path` }],
          },
        ],
      });
    }
  },
};

export const expressionInJsonpath: StateRule = {
  id: 'asl/expression-in-jsonpath',
  subject: 'state',
  fields: [EXPRESSION],
  severity: 'warning',
  sources: ['N10'],
  language: 'JSONPath',
  docs: {
    what: 'A JSONPath state holds no `{% … %}`.',
    why: 'It is passed on as text; only states with QueryLanguage "JSONata" evaluate it.',
    bad: '{"Type": "Pass", "Parameters": {"n": "{% $states.input.n %}"}, "End": true}',
    good: '{"Type": "Pass", "QueryLanguage": "JSONata", "Output": {"n": "{% $states.input.n %}"}, "End": true}',
    aws: 'Accepted as a literal; refused where a number or timestamp is due.',
  },
  check: ({ visit }, report) => {
    for (const { node } of visit.templates) reportExpressions(node, report);
  },
};

function reportExpressions(node: Node, report: Report): void {
  if (node.kind === 'string' && isExpression(node.value)) {
    report({
      at: node,
      message: 'This state uses JSONPath, so the expression is passed on as text. Set its QueryLanguage to "JSONata".',
    });
  } else if (node.kind === 'object') for (const { value } of node.properties) reportExpressions(value, report);
  else if (node.kind === 'array') for (const item of node.items) reportExpressions(item, report);
}

const CONSTANT = ['Resource', 'Next', 'Default', 'Label'] as const;

export const expressionInConstant: StateRule = {
  id: 'asl/expression-in-constant',
  subject: 'state',
  severity: 'error',
  sources: ['N13'],
  fields: [...CONSTANT, 'ErrorEquals'],
  docs: {
    what: 'Type, Resource, Next, Default, StartAt, QueryLanguage, Label and ErrorEquals are constants.',
    why: 'They decide what the machine is, before anything is evaluated.',
    bad: '{"QueryLanguage": "JSONata", "Type": "Task", "Resource": "{% $states.input.arn %}", "End": true}',
    good: '{"QueryLanguage": "JSONata", "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"FunctionName": "{% $states.input.arn %}"}, "End": true}',
    aws: 'Refused; the message depends on the field.',
  },
  check: ({ node, visit, isJsonata }, report) => {
    if (isJsonata) for (const { node: handler } of visit.objects) checkErrorNames(handler.get('ErrorEquals'), report);
    for (const name of CONSTANT) {
      const value = node.get(name);
      if (value?.kind !== 'string') continue;
      const isPath = name === 'Resource' && (/^\$\$?\./.test(value.value) || looksLikeIntrinsic(value.value));
      if (!isPath && !isExpression(value.value)) continue;
      report({ at: value, message: `${name} must be a constant, not ${describeValue(value)}: it is not evaluated.` });
    }
  },
};

/** AWS takes an expression for the name of an error, which never comes. */
function checkErrorNames(names: Node | undefined, report: Report): void {
  if (names?.kind !== 'array') return;
  for (const item of names.items) {
    if (item.kind !== 'string' || !isExpression(item.value)) continue;
    report({
      at: item,
      severity: 'warning',
      message:
        'ErrorEquals holds names of errors: an expression is not evaluated here, so no error ever has this name.',
    });
  }
}
