import { keyOf, type Report } from '../../../language/rules/rule.ts';
import { describeValue, quote } from '../../describe.ts';
import { isOpaque, type State } from '../../model.ts';
import type { StateRule } from '../rule.ts';
import { checkItemBatcher, checkItemReader, checkResultWriter, withPart } from './mapParts.ts';

/** Rules about values that also say what the object around the value needs. */
const COMPLETIONS: Readonly<Record<string, (rule: StateRule) => StateRule>> = {
  'asl/item-reader': (rule) => withPart(rule, ['itemReader', 'readerConfig'], checkItemReader),
  'asl/item-batcher': (rule) => withPart(rule, ['itemBatcher'], checkItemBatcher),
  'asl/result-writer': (rule) => withPart(rule, ['resultWriter', 'writerConfig'], checkResultWriter),
  'asl/processor-config': (rule) => withPart(rule, ['processorConfig'], () => undefined),
  'asl/branches': (rule) => andAlso(rule, checkBranches),
  'asl/item-processor': (rule) => rule,
};

export function completedValueRules(rules: readonly StateRule[]): readonly StateRule[] {
  return rules.map((rule) => COMPLETIONS[rule.id]?.(rule) ?? rule);
}

/** The rule with a check that also looks for fields that are missing. */
function andAlso(rule: StateRule, check: StateRule['check']): StateRule {
  return {
    ...rule,
    fields: undefined,
    among: undefined,
    check: (state, report) => {
      rule.check(state, report);
      check(state, report);
    },
  };
}

function checkBranches({ node, name }: State, report: Report): void {
  const branches = node.get('Branches');
  if (branches === undefined) {
    if (node.issues === undefined)
      report({ at: keyOf(node), message: `Parallel state ${quote(name)} needs Branches.` });
  } else if (branches.kind === 'array') {
    if (branches.items.length === 0 && branches.issues === undefined) {
      report({ at: branches, message: 'Branches is empty: at least one branch is needed.' });
    }
    for (const branch of branches.items) {
      if (branch.kind === 'object' || isOpaque(branch)) continue;
      report({
        at: branch,
        message: `A branch must be an object with StartAt and States, not ${describeValue(branch)}.`,
      });
    }
  }
}
