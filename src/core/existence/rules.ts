import type { RuleInfo } from '../language/rules/rule.ts';

const starts = (name: string): string =>
  `{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "${name}"}, "End": true}`;
const calls = (arn: string): string =>
  `{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "${arn}"}, "End": true}`;
const job = (role: string): string =>
  `{"Name": "load-orders", "Role": "${role}", "Command": {"Name": "glueetl", "ScriptLocation": "s3://etl/load.py"}}`;

export const notFound: RuleInfo = {
  id: 'sluice/not-found',
  severity: 'warning',
  sources: ['Z01', 'Z02'],
  docs: {
    what: 'What is named exists in the account of the active connection: jobs, crawlers, functions, roles, tables and so on.',
    why: 'What does not exist cannot be started. An inventory of the account says what there is; without one nothing is said.',
    bad: starts('laod-orders'),
    good: starts('load-orders'),
    aws: 'EntityNotFoundException when the task runs.',
  },
};

export const wrongKind: RuleInfo = {
  id: 'sluice/wrong-kind',
  severity: 'warning',
  sources: ['Z02'],
  docs: {
    what: 'What is named is of the kind that is due: no workflow where a job is started.',
    why: 'Names of jobs and workflows are often alike, and each call knows its own kind only.',
    bad: starts('nightly-workflow'),
    good: starts('nightly-job'),
    aws: 'EntityNotFoundException when the task runs.',
  },
};

export const elsewhere: RuleInfo = {
  id: 'sluice/elsewhere',
  severity: 'info',
  sources: ['Z02'],
  docs: {
    what: 'ARNs are of the region and the account of the active connection.',
    why: 'Nothing is looked up elsewhere, and what was copied from another stage is a usual mistake. Said once for each place.',
    bad: calls('arn:aws:lambda:us-east-1:444455556666:function:enrich'),
    good: calls('arn:aws:lambda:eu-west-1:111122223333:function:enrich'),
    aws: 'Nothing where that is meant; else AccessDenied or ResourceNotFound when the task runs.',
  },
};

export const deployedArguments: RuleInfo = {
  id: 'sluice/deployed-arguments',
  severity: 'warning',
  sources: ['GLUE039'],
  docs: {
    what: 'The arguments of a run are those that the deployed job has, letter by letter, and none that it fixes.',
    why: 'A misspelt argument does not replace the default, and NonOverridableArguments win over what a run gives.',
    bad: `{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun", "Parameters": {"JobName": "load-orders", "Arguments": {"--souce": "s3://in/"}}, "End": true}`,
    good: `{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun", "Parameters": {"JobName": "load-orders", "Arguments": {"--source": "s3://in/"}}, "End": true}`,
    aws: 'Accepted: the run goes by the default.',
  },
};

export const deployedTrust: RuleInfo = {
  id: 'sluice/role-trust',
  severity: 'warning',
  sources: ['Z02'],
  docs: {
    what: 'The trust policy of a deployed role lets the service assume it that is given the role.',
    why: 'Glue takes a job with any role, and the run fails.',
    bad: job('StepFunctionsRole'),
    good: job('GlueRole'),
    aws: 'InvalidInputException: Role should be given assume role permissions for Glue Service.',
  },
};

export const permissionDenied: RuleInfo = {
  id: 'sluice/permission-denied',
  severity: 'warning',
  sources: ['Z02'],
  docs: {
    what: 'The policies of a deployed role allow what a state or a job does with it.',
    why: 'IAM says so beforehand (SimulatePrincipalPolicy), with `sluice.checkResources` at `onSave` and where that call is allowed. What resource policies allow besides is not seen.',
    bad: starts('load-orders'),
    good: starts('load-orders'),
    aws: 'AccessDenied when the task runs.',
  },
};

/** The rules that need an inventory of an account beside the text. */
export const EXISTENCE_RULES: readonly RuleInfo[] = [
  notFound,
  wrongKind,
  elsewhere,
  deployedArguments,
  deployedTrust,
  permissionDenied,
];
