import type { Log } from '../../base/log.ts';
import type { Rule, RuleProblem } from './rule.ts';

/** Runs rules over one subject. A rule that throws is logged and skipped, what it had found so far is kept. */
export function runRules<Subject>(rules: readonly Rule<Subject>[], subject: Subject, log: Log): RuleProblem[] {
  const found: RuleProblem[] = [];
  for (const rule of rules) {
    try {
      rule.check(subject, (problem) => found.push({ ...problem, rule }));
    } catch (error) {
      log.error(new Error(`Rule ${rule.id} failed.`, { cause: error }));
    }
  }
  return found;
}
