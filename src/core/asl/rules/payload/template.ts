import { within, type Report } from '../../../language/rules/rule.ts';
import type { Node, StringNode } from '../../../language/tree.ts';
import { describeValue, quote } from '../../describe.ts';
import { INTRINSICS, looksLikeIntrinsic, parseIntrinsic } from '../../expressions/intrinsics.ts';
import { parsePath } from '../../expressions/jsonPath.ts';
import { COMPOSED, INTRINSIC, PATH_AS_TEXT, TEMPLATE_FIELD } from '../../fields/stateForm.ts';
import { isOpaque, type State } from '../../model.ts';
import { ofState } from '../../ofState.ts';
import type { StateRule } from '../rule.ts';

const AWS =
  'SCHEMA_VALIDATION_FAILED: "The value for the field \'x.$\' must be a valid JSONPath or a valid intrinsic function call", at the object around it.';

export const templatePath: StateRule = {
  id: 'asl/template-path',
  subject: 'state',
  fields: [COMPOSED],
  severity: 'error',
  sources: ['D01', 'J04'],
  language: 'JSONPath',
  docs: {
    what: 'A field whose name ends in `.$` holds a path, a path into the context object (`$$.`), a variable or an intrinsic function.',
    why: 'The `.$` says that the value is looked up.',
    bad: '{"Parameters": {"id.$": "orderId"}}',
    good: '{"Parameters": {"id.$": "$.orderId"}}',
    aws: AWS,
  },
  check: (state, report) => {
    for (const { property, node } of state.visit.templateFields) {
      if (isOpaque(node)) continue;
      if (node.kind !== 'string') {
        report({
          at: node,
          message: `"${property.name}" must hold a path or an intrinsic function, not ${describeValue(node)}.`,
        });
      } else if (node.value.startsWith('$')) {
        const { error } = parsePath(node.value);
        if (error === undefined) continue;
        const at = Math.min(error.offset, Math.max(0, node.value.length - 1));
        report({ at: within(node, at, node.value.length), message: `This is no valid path: ${error.message}` });
      } else if (!looksLikeIntrinsic(node.value)) {
        report({
          at: node,
          message: `${quote(node.value)} is neither a path, which begins with "$", nor an intrinsic function. For a fixed value leave out the ".$" of the name.`,
          fixes: [
            {
              title: `Rename to "${property.name.slice(0, -2)}"`,
              isSafe: false,
              edits: [{ kind: 'renameKey', node: property.key, name: property.name.slice(0, -2) }],
            },
            {
              title: `Change to "$.${node.value}"`,
              isSafe: false,
              edits: [{ kind: 'replaceString', node, value: `$.${node.value}` }],
            },
          ],
        });
      }
    }
  },
};

export const intrinsicSyntax: StateRule = {
  id: 'asl/intrinsic-syntax',
  subject: 'state',
  fields: [INTRINSIC],
  severity: 'error',
  sources: ['I01', 'I05', 'D01'],
  language: 'JSONPath',
  docs: {
    what: "An intrinsic function is written `States.Name(argument, …)` in exact case: single-quoted strings with the escapes \\' \\{ \\} \\\\, numbers, true, false, null, paths and nested calls, at most 10 deep.",
    why: 'AWS refuses everything else, double quotes too.',
    bad: '{"Parameters": {"name.$": "States.Format(\\"{}\\", $.id)"}}',
    good: '{"Parameters": {"name.$": "States.Format(\'{}\', $.id)"}}',
    aws: AWS,
  },
  check: (state, report) => {
    for (const { node } of intrinsicsOf(state)) {
      const call = parseIntrinsic(node.value);
      if ('error' in call) {
        const from = Math.min(call.error.offset, Math.max(0, node.value.length - 1));
        report({ at: within(node, from, from + 1), message: call.error.message });
      }
    }
  },
};

/** The fields of a state that hold an intrinsic function, or what is meant as one. */
export const intrinsicsOf = ofState((state): readonly IntrinsicField[] => findIntrinsics(state));

interface IntrinsicField {
  readonly node: StringNode;
  readonly key: StringNode;
}

function findIntrinsics(state: State): IntrinsicField[] {
  const found: IntrinsicField[] = [];
  for (const { node, property } of state.visit.templateFields) {
    if (node.kind !== 'string' || node.value.startsWith('$') || isOpaque(node)) continue;
    if (looksLikeIntrinsic(node.value)) found.push({ node, key: property.key });
  }
  for (const { node, spec, property } of state.visit.fields) {
    if (spec.value.kind !== 'path' || spec.value.use !== 'textOrIntrinsic' || node.kind !== 'string') continue;
    if (looksLikeIntrinsic(node.value) && !isOpaque(node)) found.push({ node, key: property.key });
  }
  return found;
}

export const duplicateTemplateName: StateRule = {
  id: 'asl/duplicate-template-name',
  subject: 'state',
  fields: [TEMPLATE_FIELD],
  severity: 'error',
  sources: ['D02'],
  language: 'JSONPath',
  docs: {
    what: 'Names in a payload template are unique once `.$` is taken off.',
    why: 'Both would become the same field.',
    bad: '{"Parameters": {"id": 1, "id.$": "$.id"}}',
    good: '{"Parameters": {"id.$": "$.id"}}',
    aws: 'SCHEMA_VALIDATION_FAILED.',
  },
  check: (state, report) => {
    for (const { property, object } of state.visit.templateFields) {
      const other = object.property(property.name.slice(0, -2));
      if (other === undefined) continue;
      const { key } = property;
      report({
        at: key,
        message: `"${property.name}" and "${other.name}" would become the same field.`,
        related: [{ at: other.key, message: 'The other field' }],
        fixes: [{ title: `Remove "${key.value}"`, isSafe: false, edits: [{ kind: 'removeProperty', key }] }],
      });
    }
  },
};

const PATH_LIKE = /^\$\$?(?:\.[A-Za-z_[]|\[)|^\$$/;

export const missingDollar: StateRule = {
  id: 'asl/missing-dollar',
  subject: 'state',
  fields: [PATH_AS_TEXT],
  severity: 'warning',
  sources: ['D03'],
  language: 'JSONPath',
  docs: {
    what: 'A field that holds a path or an intrinsic function has a name that ends in `.$`.',
    why: 'Otherwise the text itself is passed on.',
    bad: '{"Parameters": {"id": "$.orderId"}}',
    good: '{"Parameters": {"id.$": "$.orderId"}}',
    aws: 'NO_DOLLAR, a warning.',
  },
  check: ({ visit }, report) => {
    for (const { node, name } of visit.templates) {
      reportPathsAsText(node, report);
      if (node.kind !== 'string' || isOpaque(node) || !isPathLike(node)) continue;
      report({
        at: node,
        message: `${quote(node.value)} is passed on as text: ${name} is an object of fields, such as {"name.$": ${quote(node.value)}}.`,
      });
    }
  },
};

function reportPathsAsText(node: Node, report: Report): void {
  if (node.kind === 'array') {
    for (const item of node.items) {
      reportPathsAsText(item, report);
      if (item.kind !== 'string' || isOpaque(item) || !isPathLike(item)) continue;
      report({
        at: item,
        message: `${quote(item.value)} is passed on as text. To look up the items of an array, use States.Array: "name.$": "States.Array(${item.value})".`,
      });
    }
  }
  if (node.kind !== 'object') return;
  for (const property of node.properties) {
    const { name, value } = property;
    reportPathsAsText(value, report);
    if (value.kind !== 'string' || name.endsWith('.$') || isOpaque(value) || !isPathLike(value)) continue;
    report({
      at: value,
      message: `${quote(value.value)} is passed on as text. To look it up, name the field "${name}.$".`,
      fixes: [
        {
          title: `Rename to "${name}.$"`,
          isSafe: true,
          edits: [{ kind: 'renameKey', node: property.key, name: `${name}.$` }],
        },
      ],
    });
  }
}

function isPathLike(node: Node): boolean {
  if (node.kind !== 'string') return false;
  const { value } = node;
  if (PATH_LIKE.test(value)) return parsePath(value).error === undefined;
  const name = /^(States\.\w+)\(.*\)$/s.exec(value)?.[1];
  return name !== undefined && Object.hasOwn(INTRINSICS, name);
}

export const dollarInJsonata: StateRule = {
  id: 'asl/dollar-in-jsonata',
  subject: 'state',
  fields: [TEMPLATE_FIELD],
  severity: 'warning',
  sources: ['D04'],
  language: 'JSONata',
  docs: {
    what: 'Names in a JSONata state do not end in `.$`.',
    why: 'The name is kept as it is, `.$` included, and the path is not looked up.',
    bad: '{"QueryLanguage": "JSONata", "Type": "Pass", "Output": {"id.$": "$.orderId"}, "End": true}',
    good: '{"QueryLanguage": "JSONata", "Type": "Pass", "Output": {"id": "{% $states.input.orderId %}"}, "End": true}',
    aws: 'Not known.',
  },
  check: ({ visit }, report) => {
    for (const { spec, node } of visit.fields) {
      if (spec.value.kind === 'payload' && spec.language !== 'JSONPath') reportDollars(node, report);
    }
  },
};

function reportDollars(node: Node, report: Report): void {
  if (node.kind === 'array') for (const item of node.items) reportDollars(item, report);
  if (node.kind !== 'object') return;
  for (const property of node.properties) {
    const { name, value } = property;
    if (name.endsWith('.$') && value.kind === 'string') {
      report({
        at: property.key,
        message: `JSONata knows no ".$": the field is called "${name}", and its value is not looked up. Use "{% … %}".`,
      });
    } else reportDollars(value, report);
  }
}
