import { silentLog, type Log } from '../base/log.ts';
import { RuleRunner, runRules } from '../language/rules/run.ts';
import type { RuleProblem } from '../language/rules/rule.ts';
import type { StateForm } from './fields/stateForm.ts';
import type { Machine, State } from './model.ts';
import { ASL_RULES } from './rules/index.ts';
import { variablesOf } from './variables.ts';
import type { AslRule, DocumentRule, DocumentSubject, MachineRule, ScopeRule, StateRule } from './rules/rule.ts';

const ofSubject = <T extends AslRule>(subject: T['subject']): readonly T[] =>
  ASL_RULES.filter((rule): rule is T => rule.subject === subject);

const DOCUMENT_RULES = ofSubject<DocumentRule>('document');
const MACHINE_RULES = ofSubject<MachineRule>('machine');
const SCOPE_RULES = ofSubject<ScopeRule>('scope');
const STATE_RULES = ofSubject<StateRule>('state');

type RulesByList = ReadonlyMap<StateRule['among'], readonly StateRule[]>;

const rulesByForm = new Map<StateForm, RulesByList>();

/** The rules that concern the states of one form, those that ask the same list together. */
function stateRulesFor(form: StateForm): RulesByList {
  const known = rulesByForm.get(form);
  if (known !== undefined) return known;
  const byList = new Map<StateRule['among'], StateRule[]>();
  for (const rule of STATE_RULES) {
    if (!concerns(rule, form)) continue;
    const group = byList.get(rule.among);
    if (group === undefined) byList.set(rule.among, [rule]);
    else group.push(rule);
  }
  rulesByForm.set(form, byList);
  return byList;
}

function concerns({ language, types, fields }: StateRule, form: StateForm): boolean {
  if (language !== undefined && language !== form.queryLanguage) return false;
  if (form.type === undefined) return types === undefined;
  const has = (field: string): boolean => form.fields.has(field);
  const hasFields = fields?.some((one) => (typeof one === 'string' ? has(one) : one.every(has)));
  return (types?.includes(form.type) ?? true) && (hasFields ?? true);
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
  const runner = new RuleRunner(log);
  // First, so that what is worked out for a state can be let go before the next one.
  for (const state of machine.states) state.problems ??= checkState(state, runner);
  runner.run(MACHINE_RULES, machine);
  for (const scope of machine.scopes) runner.run(SCOPE_RULES, { scope, machine });
  const found = [...runner.take()];
  for (const { problems = [] } of machine.states) if (problems.length > 0) found.push(...problems);
  return found;
}

function checkState(state: State, runner: RuleRunner): readonly RuleProblem[] {
  for (const [among, rules] of stateRulesFor(state.visit.form)) runner.run(rules, state, among);
  variablesOf(state);
  state.forget();
  return runner.take();
}
