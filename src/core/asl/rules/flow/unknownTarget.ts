import { nearestOf } from '../../../language/nearest.ts';
import type { Report } from '../../../language/rules/rule.ts';
import { describeScope, didYouMean, quote } from '../../describe.ts';
import type { ObjectNode } from '../../../language/tree.ts';
import { isExpression } from '../../fields/visit.ts';
import { hasPlaceholder, type Scope, type Transition, type TransitionKind } from '../../model.ts';
import type { ScopeRule, ScopeSubject } from '../rule.ts';

const AWS = 'MISSING_TRANSITION_TARGET: "Missing \'Next\' target: X", at the field.';

function targetRule(
  id: string,
  kind: TransitionKind,
  source: string,
  docs: Pick<ScopeRule['docs'], 'what' | 'bad' | 'good'>,
): ScopeRule {
  return {
    id,
    subject: 'scope',
    severity: 'error',
    sources: [source],
    docs: { ...docs, why: 'A transition that leads nowhere would end the execution with States.Runtime.', aws: AWS },
    check: (subject, report) => {
      const { scope } = subject;
      // With thousands of targets to nowhere, what is asked of all states must be asked once.
      let isAnyName: boolean | undefined;
      const mayBeThere = () => (isAnyName ??= scope.states.length === 0 || hasUnknownNames(scope));
      let suggest: ReturnType<typeof nearestOf> | undefined;
      const check = (transition: Transition): void => {
        if (!isMissing(transition, subject) || mayBeThere()) return;
        suggest ??= nearestOf(scope.states.map(({ name }) => name));
        reportTarget(transition, scope, suggest(transition.target), report);
      };
      if (kind === 'StartAt') {
        if (scope.startAt !== undefined) check(scope.startAt);
      } else {
        for (const state of scope.states) {
          for (const transition of state.transitions) {
            if (transition.kind === kind) check(transition);
          }
        }
      }
    },
  };
}

interface NamedTransition extends Transition {
  readonly target: string;
}

/** Whether a transition names a state that its scope does not have, and that no other one has either. */
function isMissing(transition: Transition, { scope, machine }: ScopeSubject): transition is NamedTransition {
  const { target, to } = transition;
  // An empty StartAt and an expression have findings of their own.
  if (target === undefined || to !== undefined || target === '' || isExpression(target)) return false;
  if (scope.strays.some(({ key }) => key.value === target)) return false;
  return machine.statesNamed(target).length === 0;
}

function reportTarget(
  { node, target, kind }: NamedTransition,
  scope: Scope,
  suggestion: string | undefined,
  report: Report,
): void {
  const who = kind === 'StartAt' ? 'StartAt: no' : 'No';
  report({
    at: node,
    message: `${who} state ${quote(target)} in ${describeScope(scope)}.${didYouMean(suggestion)}`,
    ...(suggestion !== undefined && {
      fixes: [
        {
          title: `Change to "${suggestion}"`,
          isSafe: true,
          edits: [{ kind: 'replaceString', node, value: suggestion }],
        },
      ],
    }),
  });
}

/** Whether a state may have any name: names that are filled in later, states that a spread brings in. */
function hasUnknownNames({ node, states, strays }: Scope): boolean {
  const all = node.get('States');
  if (all?.kind === 'object' && all.issues?.unclosed === true && !hasOwnIssues(all)) return true;
  return states.some(({ name }) => hasPlaceholder(name)) || strays.some(({ key }) => hasPlaceholder(key.value));
}

/** An object that is only half-typed has issues of its own; one with a spread has none. */
function hasOwnIssues({ issues }: ObjectNode): boolean {
  return (issues?.own.length ?? 0) > 0;
}

export const unknownStartAt = targetRule('asl/unknown-start-at', 'StartAt', 'F01', {
  what: '`StartAt` names a state of the same scope.',
  bad: '{"StartAt": "Lod", "States": {"Load": {"Type": "Succeed"}}}',
  good: '{"StartAt": "Load", "States": {"Load": {"Type": "Succeed"}}}',
});

export const unknownNext = targetRule('asl/unknown-next', 'Next', 'F02', {
  what: '`Next` names a state of the same scope, in the same case.',
  bad: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "b"}, "B": {"Type": "Succeed"}}}',
  good: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}',
});

export const unknownDefault = targetRule('asl/unknown-default', 'Default', 'F03', {
  what: '`Default` of a Choice names a state of the same scope.',
  bad: '{"Type": "Choice", "Choices": [{"Variable": "$.ok", "BooleanEquals": true, "Next": "Load"}], "Default": "Lod"}',
  good: '{"Type": "Choice", "Choices": [{"Variable": "$.ok", "BooleanEquals": true, "Next": "Load"}], "Default": "Load"}',
});

export const unknownChoiceNext = targetRule('asl/unknown-choice-next', 'Choice', 'F04', {
  what: '`Next` of each Choice rule names a state of the same scope.',
  bad: '{"Type": "Choice", "Choices": [{"Variable": "$.ok", "BooleanEquals": true, "Next": "Lod"}], "Default": "Load"}',
  good: '{"Type": "Choice", "Choices": [{"Variable": "$.ok", "BooleanEquals": true, "Next": "Load"}], "Default": "Load"}',
});

export const unknownCatchNext = targetRule('asl/unknown-catch-next', 'Catch', 'F05', {
  what: '`Next` of each catcher names a state of the same scope.',
  bad: '{"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Handel"}]}',
  good: '{"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Handle"}]}',
});

export const jumpBetweenScopes: ScopeRule = {
  id: 'asl/jump-between-scopes',
  subject: 'scope',
  severity: 'error',
  sources: ['F06'],
  docs: {
    what: 'No transition leads from one scope (machine, branch, Map processor) into another.',
    why: 'A branch or item ends by itself; only then does the Parallel or Map go on.',
    bad: '{"Type": "Parallel", "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "AfterParallel"}}}], "Next": "AfterParallel"}',
    good: '{"Type": "Parallel", "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}], "Next": "AfterParallel"}',
    aws: AWS,
  },
  check: ({ scope, machine }, report) => {
    const check = ({ node, target, to }: Transition): void => {
      if (target === undefined || to !== undefined) return;
      const [elsewhere] = machine.statesNamed(target);
      if (elsewhere === undefined) return;
      report({
        at: node,
        message: `State ${quote(target)} is in another scope than this one. A transition stays inside ${describeScope(scope)}.`,
        related: [{ at: elsewhere.key, message: `${quote(target)} is here` }],
      });
    };
    if (scope.startAt !== undefined) check(scope.startAt);
    for (const state of scope.states) for (const transition of state.transitions) check(transition);
  },
};
