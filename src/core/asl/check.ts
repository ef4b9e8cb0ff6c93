import { silentLog, type Log } from '../base/log.ts';
import { runRules } from '../language/rules/run.ts';
import type { RuleProblem } from '../language/rules/rule.ts';
import type { StateForm } from './fields/stateForm.ts';
import type { Machine } from './model.ts';
import { ASL_RULES } from './rules/index.ts';
import type { AslRule, DocumentRule, DocumentSubject, MachineRule, ScopeRule, StateRule } from './rules/rule.ts';

const ofSubject = <T extends AslRule>(subject: T['subject']): readonly T[] =>
  ASL_RULES.filter((rule): rule is T => rule.subject === subject);

const DOCUMENT_RULES = ofSubject<DocumentRule>('document');
const MACHINE_RULES = ofSubject<MachineRule>('machine');
const SCOPE_RULES = ofSubject<ScopeRule>('scope');
const STATE_RULES = ofSubject<StateRule>('state');

const rulesByForm = new Map<StateForm, readonly StateRule[]>();

function stateRulesFor(form: StateForm): readonly StateRule[] {
  let rules = rulesByForm.get(form);
  if (rules === undefined) {
    rules = STATE_RULES.filter((rule) => concerns(rule, form));
    rulesByForm.set(form, rules);
  }
  return rules;
}

function concerns({ language, types, fields }: StateRule, form: StateForm): boolean {
  if (language !== undefined && language !== form.queryLanguage) return false;
  if (form.type === undefined) return types === undefined;
  return (types?.includes(form.type) ?? true) && (fields?.some((field) => form.fields.has(field)) ?? true);
}

/** Runs every rule; what is known of unchanged states is kept with them. */
export function checkDefinition(subject: DocumentSubject, log: Log = silentLog): RuleProblem[] {
  const found = [...runRules(DOCUMENT_RULES, subject, log)];
  const { machine } = subject;
  if (machine !== undefined) found.push(...checkMachine(machine, log));
  return found;
}

/** As `checkDefinition`, for a definition inside a document of another kind. */
export function checkMachine(machine: Machine, log: Log = silentLog): RuleProblem[] {
  const found = [...runRules(MACHINE_RULES, machine, log)];
  for (const scope of machine.scopes) found.push(...runRules(SCOPE_RULES, { scope, machine }, log));
  for (const state of machine.states) {
    state.problems ??= runRules(stateRulesFor(state.visit.form), state, log);
    if (state.problems.length > 0) found.push(...state.problems);
  }
  return found;
}
