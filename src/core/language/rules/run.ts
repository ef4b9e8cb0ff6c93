import type { Log } from '../../base/log.ts';
import type { Problem, Rule, RuleProblem } from './rule.ts';

const NONE: readonly RuleProblem[] = [];

/** Runs rules over one subject. A rule that throws is logged and skipped, what it had found so far is kept. */
export function runRules<Subject>(rules: readonly Rule<Subject>[], subject: Subject, log: Log): readonly RuleProblem[] {
  let found: RuleProblem[] | undefined;
  let current: Rule<Subject> | undefined;
  // One function for all rules: there are many thousands of subjects, and nearly all of them are fine.
  const report = (problem: Problem): void => {
    if (current !== undefined) (found ??= []).push({ ...problem, rule: current });
  };
  for (const rule of rules) {
    current = rule;
    try {
      rule.check(subject, report);
    } catch (error) {
      log.error(new Error(`Rule ${rule.id} failed.`, { cause: error }));
    }
  }
  return found ?? NONE;
}
