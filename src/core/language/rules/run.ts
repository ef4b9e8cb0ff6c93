import type { Log } from '../../base/log.ts';
import type { Problem, Report, Rule, RuleProblem } from './rule.ts';

const NONE: readonly RuleProblem[] = [];

/**
 * Runs rules. One for many subjects: there are many thousands of them, nearly all are fine, and nothing is made for those.
 * A rule that throws is logged and skipped, what it had found so far is kept.
 */
export class RuleRunner {
  #found: RuleProblem[] | undefined;
  #rule: Rule<never> | undefined;
  readonly #report: Report = (problem) => {
    this.#add(problem);
  };

  constructor(private readonly log: Log) {}

  /** With `among`, only where that list has something in it. */
  run<Subject>(
    rules: readonly Rule<Subject>[],
    subject: Subject,
    among?: (subject: Subject) => readonly unknown[],
  ): void {
    for (const rule of rules) {
      this.#rule = rule;
      try {
        if (among?.(subject).length === 0) return;
        rule.check(subject, this.#report);
      } catch (error) {
        this.log.error(new Error(`Rule ${rule.id} failed.`, { cause: error }));
      }
    }
  }

  /** What has been found since it was last asked. */
  take(): readonly RuleProblem[] {
    const found = this.#found ?? NONE;
    this.#found = undefined;
    return found;
  }

  #add(problem: Problem): void {
    if (this.#rule !== undefined) (this.#found ??= []).push({ ...problem, rule: this.#rule });
  }
}

/** What rules say of one subject. */
export function runRules<Subject>(rules: readonly Rule<Subject>[], subject: Subject, log: Log): readonly RuleProblem[] {
  const runner = new RuleRunner(log);
  runner.run(rules, subject);
  return runner.take();
}
