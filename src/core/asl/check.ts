import { silentLog, type Log } from '../base/log.ts';
import { runRules } from '../language/rules/run.ts';
import type { RuleProblem } from '../language/rules/rule.ts';
import type { Machine, State, StateType } from './model.ts';
import { ASL_RULES } from './rules/index.ts';
import type { AslRule, DocumentRule, DocumentSubject, MachineRule, ScopeRule, StateRule } from './rules/rule.ts';

const ofSubject = <T extends AslRule>(subject: T['subject']): readonly T[] =>
  ASL_RULES.filter((rule): rule is T => rule.subject === subject);

const DOCUMENT_RULES = ofSubject<DocumentRule>('document');
const MACHINE_RULES = ofSubject<MachineRule>('machine');
const SCOPE_RULES = ofSubject<ScopeRule>('scope');
const STATE_RULES = ofSubject<StateRule>('state');

const stateRules = new Map<string, readonly StateRule[]>();

function stateRulesFor(type: StateType | undefined, language: State['queryLanguage']): readonly StateRule[] {
  const key = `${type ?? ''} ${language}`;
  let rules = stateRules.get(key);
  if (rules === undefined) {
    rules = STATE_RULES.filter(
      (rule) =>
        (rule.language === undefined || rule.language === language) &&
        (rule.types === undefined || (type !== undefined && rule.types.includes(type))),
    );
    stateRules.set(key, rules);
  }
  return rules;
}

/** Problems of single states, kept for as long as the state itself is kept. */
export type ProblemCache = WeakMap<State, readonly RuleProblem[]>;

/** Runs every rule; what is known of unchanged states comes from the cache. */
export function checkDefinition(subject: DocumentSubject, cache: ProblemCache, log: Log = silentLog): RuleProblem[] {
  const found = runRules(DOCUMENT_RULES, subject, log);
  const { machine } = subject;
  if (machine !== undefined) found.push(...checkMachine(machine, cache, log));
  return found;
}

/** As `checkDefinition`, for a definition inside a document of another kind. */
export function checkMachine(machine: Machine, cache: ProblemCache, log: Log = silentLog): RuleProblem[] {
  const found = runRules(MACHINE_RULES, machine, log);
  for (const scope of machine.scopes) found.push(...runRules(SCOPE_RULES, { scope, machine }, log));
  for (const state of machine.states) {
    let problems = cache.get(state);
    if (problems === undefined) {
      problems = runRules(stateRulesFor(state.type, state.queryLanguage), state, log);
      cache.set(state, problems);
    }
    if (problems.length > 0) found.push(...problems);
  }
  return found;
}
