import { nearest } from '../../../language/nearest.ts';
import type { Report } from '../../../language/rules/rule.ts';
import type { ObjectNode } from '../../../language/tree.ts';
import { anyOf, didYouMean } from '../../describe.ts';
import { SHAPES } from '../../fields/parts.ts';
import type { ShapeName } from '../../fields/spec.ts';
import { UNKNOWN_FIELD } from '../../fields/stateForm.ts';
import { hasPlaceholder, type QueryLanguage } from '../../model.ts';
import type { MachineRule, StateRule } from '../rule.ts';

/** Fields that a rule of their own reports. */
const REPORTED_ELSEWHERE: Readonly<Partial<Record<ShapeName, readonly string[]>>> = {
  Choice: ['Next', 'End'],
  Succeed: ['Next', 'End'],
  Fail: ['Next', 'End'],
  nestedChoiceRule: ['Next', 'Assign'],
};

/** Reports the fields of an object that its shape does not have, with the one that was probably meant. */
export function reportUnknownFields(node: ObjectNode, shape: ShapeName, language: QueryLanguage, report: Report): void {
  const { fields, title } = SHAPES[shape];
  for (const property of node.properties) {
    const { name, value } = property;
    if (Object.hasOwn(fields, name) || hasPlaceholder(name)) continue;
    if (REPORTED_ELSEWHERE[shape]?.includes(name) === true) continue;
    // A name without a value is still being typed, or no name at all: the syntax is what is wrong.
    if (value.kind === 'unknown' && value.reason === 'missing') continue;
    const candidates = Object.entries(fields)
      .filter(([candidate, spec]) => (spec.language ?? language) === language && !node.has(candidate))
      .map(([candidate]) => candidate);
    const suggestion = nearest(name, candidates);
    const few =
      candidates.length <= 6 && suggestion === undefined ? ` It has ${anyOf(Object.keys(fields), 'and')}.` : '';
    const { key } = property;
    report({
      at: key,
      message: `${title[0]?.toUpperCase() ?? ''}${title.slice(1)} has no field "${name}".${didYouMean(suggestion)}${few}`,
      fixes: [
        ...(suggestion === undefined
          ? []
          : [
              {
                title: `Change to "${suggestion}"`,
                isSafe: true,
                edits: [{ kind: 'renameKey' as const, node: key, name: suggestion }],
              },
            ]),
        { title: `Remove "${name}"`, isSafe: false, edits: [{ kind: 'removeProperty' as const, key }] },
      ],
    });
  }
}

function unknownFieldRule(
  id: string,
  sources: readonly string[],
  shapes: readonly ShapeName[],
  docs: Pick<StateRule['docs'], 'what' | 'bad' | 'good'>,
): StateRule {
  return {
    id,
    subject: 'state',
    fields: [UNKNOWN_FIELD],
    severity: 'error',
    sources,
    docs: {
      ...docs,
      why: 'AWS refuses a definition with a field it does not know; often it is a misspelt one.',
      aws: 'SCHEMA_VALIDATION_FAILED: "Field \'X\' is not supported", at the object.',
    },
    check: (state, report) => {
      for (const { node, shape } of state.visit.objects) {
        // And, Or and Not of a JSONata rule are refused as a whole.
        if (shape === 'nestedChoiceRule' && state.isJsonata) continue;
        if (shapes.includes(shape)) reportUnknownFields(node, shape, state.queryLanguage, report);
      }
    },
  };
}

export const unknownTopLevelField: MachineRule = {
  id: 'asl/unknown-top-level-field',
  subject: 'machine',
  severity: 'error',
  sources: ['A02'],
  docs: {
    what: 'At the top there are only Comment, QueryLanguage, StartAt, States, TimeoutSeconds and Version.',
    why: 'AWS refuses a definition with a field it does not know; often it is a misspelt one.',
    bad: '{"comment": "Nightly load", "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
    good: '{"Comment": "Nightly load", "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
    aws: 'SCHEMA_VALIDATION_FAILED: "Field \'comment\' is not supported", at the root.',
  },
  check: (machine, report) => reportUnknownFields(machine.node, 'machine', machine.queryLanguage, report),
};

export const unsupportedField = unknownFieldRule(
  'asl/unsupported-field',
  ['B05', 'B10', 'V07'],
  ['Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'],
  {
    what: 'A state has only the fields of its type.',
    bad: '{"Type": "Choice", "Choices": [], "TimeoutSeconds": 5}',
    good: '{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "TimeoutSeconds": 5, "End": true}',
  },
);

export const unsupportedScopeField = unknownFieldRule('asl/unsupported-scope-field', ['B08'], ['branch', 'processor'], {
  what: 'A branch has StartAt, States and Comment, an ItemProcessor ProcessorConfig besides; neither has a QueryLanguage.',
  bad: '{"ItemProcessor": {"QueryLanguage": "JSONata", "StartAt": "A", "States": {}}}',
  good: '{"ItemProcessor": {"StartAt": "A", "States": {"A": {"QueryLanguage": "JSONata", "Type": "Succeed"}}}}',
});

export const unknownRetrierField = unknownFieldRule('asl/unknown-retrier-field', ['R08'], ['retrier'], {
  what: 'A retrier has ErrorEquals, IntervalSeconds, MaxAttempts, BackoffRate, MaxDelaySeconds, JitterStrategy and Comment.',
  bad: '{"ErrorEquals": ["States.Timeout"], "MaxAttempt": 2}',
  good: '{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 2}',
});

export const unknownCatcherField = unknownFieldRule('asl/unknown-catcher-field', ['K03'], ['catcher'], {
  what: 'A catcher has ErrorEquals, Next, Assign and Comment, with JSONPath also ResultPath, with JSONata also Output.',
  bad: '{"ErrorEquals": ["States.ALL"], "Next": "Handle", "MaxAttempts": 2}',
  good: '{"ErrorEquals": ["States.ALL"], "Next": "Handle"}',
});

export const unknownChoiceField = unknownFieldRule(
  'asl/unknown-choice-field',
  ['C10', 'C02'],
  ['choiceRule', 'nestedChoiceRule'],
  {
    what: 'A Choice rule has Variable and one operator (JSONPath) or Condition (JSONata), and Next, Assign, Output and Comment.',
    bad: '{"Variable": "$.n", "NumericEqual": 1, "Next": "A"}',
    good: '{"Variable": "$.n", "NumericEquals": 1, "Next": "A"}',
  },
);

export const nestedChoiceField: StateRule = {
  id: 'asl/nested-choice-field',
  subject: 'state',
  fields: [UNKNOWN_FIELD],
  severity: 'error',
  sources: ['C03'],
  types: ['Choice'],
  docs: {
    what: '`Next` and `Assign` stand in the outermost rule only, not inside And, Or or Not.',
    why: 'Only the rule as a whole decides where to go.',
    bad: '{"Not": {"Variable": "$.ok", "BooleanEquals": true, "Next": "Repair"}, "Next": "Repair"}',
    good: '{"Not": {"Variable": "$.ok", "BooleanEquals": true}, "Next": "Repair"}',
    aws: 'SCHEMA_VALIDATION_FAILED: "Field \'Next\' is not supported".',
  },
  check: (state, report) => {
    for (const { node, shape } of state.visit.objects) {
      if (shape !== 'nestedChoiceRule') continue;
      for (const name of ['Next', 'Assign']) {
        const property = node.property(name);
        if (property === undefined) continue;
        report({
          at: property.key,
          message: `${name} belongs to the outermost rule, not inside And, Or or Not.`,
          fixes: [{ title: `Remove ${name}`, isSafe: true, edits: [{ kind: 'removeProperty', key: property.key }] }],
        });
      }
    }
  },
};
