import { silentLog, type Log } from '../base/log.ts';
import { runRules } from '../language/rules/run.ts';
import type { RuleProblem } from '../language/rules/rule.ts';
import { DIALECTS } from './dialect.ts';
import { resourcesOf, type Argument, type Job, type Trigger } from './model.ts';
import { GLUE_RULES } from './rules/index.ts';
import type {
  ArgumentRule,
  FileRule,
  FileSubject,
  GlueRule,
  HoldingRule,
  JobRule,
  ResourceRule,
  TriggerRule,
} from './rules/rule.ts';

const ofSubject = <T extends GlueRule>(subject: T['subject']): readonly T[] =>
  GLUE_RULES.filter((rule): rule is T => rule.subject === subject);

const JOB_RULES = ofSubject<JobRule>('job');
const TRIGGER_RULES = ofSubject<TriggerRule>('trigger');
const ARGUMENT_RULES = ofSubject<ArgumentRule>('argument');
const RESOURCE_RULES = ofSubject<ResourceRule>('resource');
const HOLDING_RULES: Readonly<Record<HoldingRule['subject'], readonly HoldingRule[]>> = {
  crawler: ofSubject('crawler'),
  connection: ofSubject('connection'),
  securityConfiguration: ofSubject('securityConfiguration'),
};
const FILE_RULES = ofSubject<FileRule>('file');

/** Runs every rule over what a document holds of Glue. */
export function checkGlue(subject: FileSubject, log: Log = silentLog): RuleProblem[] {
  const found = [...runRules(FILE_RULES, subject, log)];
  for (const resource of resourcesOf(subject.file)) found.push(...runRules(RESOURCE_RULES, resource, log));
  for (const holding of subject.file.holdings) found.push(...runRules(HOLDING_RULES[holding.kind], holding, log));
  for (const job of subject.file.jobs) {
    found.push(...runRules(JOB_RULES, job, log), ...checkArguments(job.arguments, job, job, log));
  }
  for (const trigger of subject.file.triggers) {
    found.push(...runRules(TRIGGER_RULES, trigger, log), ...checkArguments(trigger.arguments, undefined, trigger, log));
  }
  return found;
}

function checkArguments(
  list: readonly Argument[],
  job: Job | undefined,
  { dialect }: Job | Trigger,
  log: Log,
): RuleProblem[] {
  const { isCoercing, isWrittenByService } = DIALECTS[dialect];
  const isCoerced = isCoercing || isWrittenByService;
  return list.flatMap((argument) => runRules(ARGUMENT_RULES, { argument, job, isCoerced }, log));
}
