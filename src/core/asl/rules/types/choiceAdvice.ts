import { keyOf, type Report } from '../../../language/rules/rule.ts';
import type { Node, ObjectNode } from '../../../language/tree.ts';
import { quote } from '../../describe.ts';
import { parsePath } from '../../expressions/jsonPath.ts';
import { isOpaque } from '../../model.ts';
import type { StateRule } from '../rule.ts';
import { choiceRulesOf, firstKey } from './choice.ts';

export const choiceWithoutDefault: StateRule = {
  id: 'asl/choice-without-default',
  subject: 'state',
  severity: 'hint',
  sources: ['F14'],
  types: ['Choice'],
  docs: {
    what: 'A Choice has a `Default`.',
    why: 'When no rule matches, the execution fails with States.NoChoiceMatched.',
    bad: '{"Type": "Choice", "Choices": [{"Variable": "$.ok", "BooleanEquals": true, "Next": "Load"}]}',
    good: '{"Type": "Choice", "Choices": [{"Variable": "$.ok", "BooleanEquals": true, "Next": "Load"}], "Default": "Stop"}',
    aws: 'Accepted; fails at run time when no rule matches.',
  },
  check: ({ node }, report) => {
    if (node.has('Default')) return;
    report({
      at: keyOf(node),
      message: 'Without a Default this Choice fails with States.NoChoiceMatched when no rule matches.',
    });
  },
};

export const deadChoiceRule: StateRule = {
  id: 'asl/dead-choice-rule',
  subject: 'state',
  severity: 'warning',
  sources: ['F15'],
  types: ['Choice'],
  docs: {
    what: 'No rule tests the same as an earlier one, and none comes after a Condition that is always true.',
    why: 'The first rule that matches decides, so such a rule never does.',
    bad: '{"Choices": [{"Variable": "$.a", "IsPresent": true, "Next": "A"}, {"Variable": "$.a", "IsPresent": true, "Next": "B"}]}',
    good: '{"Choices": [{"Variable": "$.a", "IsPresent": true, "Next": "A"}, {"Variable": "$.b", "IsPresent": true, "Next": "B"}]}',
    aws: 'Accepted.',
  },
  check: (state, report) => {
    const rules = choiceRulesOf(state);
    if (rules.length < 2) return;
    const earlierOf = sameTests(rules);
    let always: ObjectNode | undefined;
    for (const rule of rules) {
      const earlier = always ?? earlierOf.get(rule);
      if (earlier !== undefined) {
        report({
          at: firstKey(rule),
          message: always
            ? 'This rule never matches: an earlier one always does.'
            : 'This rule never matches: an earlier one tests the same.',
          related: [{ at: firstKey(earlier), message: 'The earlier rule' }],
        });
      }
      const condition = rule.get('Condition');
      const isTrue =
        (condition?.kind === 'boolean' && condition.value) ||
        (condition?.kind === 'string' && /^\{%\s*true\s*%\}$/.test(condition.value));
      if (isTrue) always ??= rule;
    }
  },
};

/** For each rule the first one that tests the same, if that is another. */
function sameTests(rules: readonly ObjectNode[]): ReadonlyMap<ObjectNode, ObjectNode> {
  const earlier = new Map<ObjectNode, ObjectNode>();
  // Most rules test something of their own, which their own field tells.
  const likely = new Map<string, ObjectNode[]>();
  for (const rule of rules) {
    const text = likenessOf(rule);
    const group = likely.get(text);
    if (group === undefined) likely.set(text, [rule]);
    else group.push(rule);
  }
  for (const group of likely.values()) {
    if (group.length < 2) continue;
    const firsts = new Map<string, ObjectNode>();
    for (const rule of group) {
      const test = testOf(rule);
      const first = firsts.get(test);
      if (first !== undefined) earlier.set(rule, first);
      else if (test !== '') firsts.set(test, rule);
    }
  }
  return earlier;
}

/** The same for rules that test the same, and quickly made. */
function likenessOf(rule: ObjectNode): string {
  const subject = rule.get('Condition') ?? rule.get('Variable');
  return subject?.kind === 'string' ? subject.value : '';
}

function testOf(rule: ObjectNode): string {
  const parts = rule.properties
    .filter(({ key }) => !['Next', 'Assign', 'Output', 'Comment'].includes(key.value))
    .map(({ key, value }) => `${key.value}:${canonical(value)}`);
  return parts.toSorted().join();
}

function canonical(node: Node): string {
  switch (node.kind) {
    case 'object':
      return `{${node.properties
        .map(({ key, value }) => `${JSON.stringify(key.value)}:${canonical(value)}`)
        .toSorted()
        .join()}}`;
    case 'array':
      return `[${node.items.map(canonical).join()}]`;
    case 'string':
    case 'number':
    case 'boolean':
      return JSON.stringify(node.value);
    case 'null':
      return 'null';
    case 'unknown':
      return `?${node.start}`;
  }
}

export const choicePattern: StateRule = {
  id: 'asl/choice-pattern',
  subject: 'state',
  fields: ['StringMatches'],
  severity: 'warning',
  sources: ['C12'],
  types: ['Choice'],
  language: 'JSONPath',
  docs: {
    what: '`StringMatches` has a `*`.',
    why: 'Without one it is the same as StringEquals; `?` and regular expressions are not known. A literal star is `\\\\*`.',
    bad: '{"Variable": "$.file", "StringMatches": "data.csv", "Next": "A"}',
    good: '{"Variable": "$.file", "StringMatches": "*.csv", "Next": "A"}',
    aws: 'Accepted.',
  },
  check: (state, report) => {
    for (const { name, node, owner } of state.visit.fields) {
      if (name !== 'StringMatches' || !owner.shape.endsWith('hoiceRule')) continue;
      if (node.kind !== 'string' || isOpaque(node) || node.value.includes('*')) continue;
      report({
        at: node,
        message: 'A pattern without "*" matches only this very text: StringEquals says so more clearly.',
      });
    }
  },
};

export const choiceMaybeAbsent: StateRule = {
  id: 'asl/choice-maybe-absent',
  subject: 'state',
  fields: ['IsPresent'],
  severity: 'hint',
  sources: ['C13'],
  types: ['Choice'],
  language: 'JSONPath',
  docs: {
    what: 'A path that may be absent is tested with IsPresent first.',
    why: 'A comparison on a missing path fails the execution with States.Runtime.',
    bad: '{"Choices": [{"Variable": "$.error", "StringEquals": "x", "Next": "A"}, {"Variable": "$.error", "IsPresent": false, "Next": "B"}]}',
    good: '{"Choices": [{"Variable": "$.error", "IsPresent": false, "Next": "B"}, {"Variable": "$.error", "StringEquals": "x", "Next": "A"}]}',
    aws: 'Accepted; fails at run time when the path is missing.',
  },
  check: (state, report) => {
    const compared = new Map<string, Node>();
    for (const { name, node, owner } of state.visit.fields) {
      if (name !== 'Variable' || node.kind !== 'string') continue;
      if (owner.node.has('IsPresent')) {
        const earlier = compared.get(node.value);
        if (earlier !== undefined) reportAbsent(earlier, node.value, report);
      } else if (parsePath(node.value).error === undefined && !compared.has(node.value)) {
        compared.set(node.value, node);
      }
    }
  },
};

function reportAbsent(at: Node, path: string, report: Report): void {
  report({
    at,
    message: `${quote(path)} is compared before a later rule asks whether it is present; the comparison fails when it is not.`,
  });
}
