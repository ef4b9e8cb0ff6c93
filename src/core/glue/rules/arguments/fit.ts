import { anyOf, quote } from '../../../language/words.ts';
import { isSparkType, JOB_TYPES } from '../../facts/commands.ts';
import { specialParameter, type SpecialParameter } from '../../facts/parameters.ts';
import { glueVersion } from '../../facts/versions.ts';
import type { Argument, Job } from '../../model.ts';
import { fix, type ArgumentRule, type ArgumentSubject } from '../rule.ts';

/** Parameters whose fit other rules tell in words of their own. */
const OWNED = /^--(?:continuous-log-|custom-log|python-virtual-env|job-bookmark-(?:from|to))/;

export const argumentFit: ArgumentRule = {
  id: 'glue/argument-fit',
  subject: 'argument',
  severity: 'warning',
  sources: ['GLUE027'],
  docs: {
    what: 'A special parameter fits the type and the Glue version of the job.',
    why: 'Elsewhere Glue ignores it.',
    bad: '{"Command": {"Name": "pythonshell"}, "DefaultArguments": {"--datalake-formats": "iceberg"}}',
    good: '{"Command": {"Name": "glueetl"}, "DefaultArguments": {"--datalake-formats": "iceberg"}}',
    aws: 'Accepted and ignored.',
  },
  check: ({ argument, job }, report) => {
    const parameter = specialParameter(argument.name);
    if (job === undefined || parameter === undefined || parameter.isReserved) return;
    const found = whyUseless(parameter, argument, job);
    if (found === undefined) return;
    const { name, nameNode, list } = argument;
    report({
      at: nameNode,
      message: found.message,
      ...(found.severity && { severity: found.severity }),
      fixes: list.node.kind === 'object' ? [fix(`Remove ${name}`, { kind: 'removeProperty', key: nameNode })] : [],
    });
  },
};

function whyUseless(
  { name, jobTypes, from, until, isWrittenByConsole }: SpecialParameter,
  argument: Argument,
  { command: { type }, glueVersion: given, dialect }: Job,
): { message: string; severity?: 'info' | 'hint' } | undefined {
  if (type !== undefined && !jobTypes.includes(type)) {
    // Bookmarks of a Python shell job are an error of their own.
    if (name.startsWith('--job-bookmark') && (type === 'pythonshell' || argument.text === 'job-bookmark-disable')) {
      return undefined;
    }
    const where = anyOf(
      jobTypes.map((one) => JOB_TYPES[one].title),
      'and',
    );
    const message = `${name} is for ${where} jobs; a ${JOB_TYPES[type].title} job ignores it.`;
    const isHarmless = (isWrittenByConsole === true && type !== 'gluestreaming') || dialect === 'reply';
    return { message, ...(isHarmless && { severity: 'hint' as const }) };
  }
  const version = isSparkType(type) ? glueVersion(given) : undefined;
  if (version === undefined || OWNED.test(name)) return undefined;
  const number = Number(version.name);
  if (from !== undefined && number < Number(from)) {
    return { message: `${name} begins with Glue ${from}; this job has ${version.name} and ignores it.` };
  }
  if (until === undefined || number <= Number(until)) return undefined;
  const isAlwaysOn = name.startsWith('--enable-continuous');
  return isAlwaysOn
    ? { message: `Glue ${version.name} always writes its logs while it runs: ${name} has no effect.`, severity: 'info' }
    : { message: `${name} has no effect since Glue ${until}; this job has ${version.name}.` };
}

export const logArguments: ArgumentRule = {
  id: 'glue/log-arguments',
  subject: 'argument',
  severity: 'error',
  sources: ['GLUE033'],
  docs: {
    what: 'Prefixes of logs have at most 400 characters without `:` and `*`; up to Glue 4.0 they have other names.',
    why: 'CloudWatch Logs refuses other names, and each version reads its own parameters.',
    bad: '{"GlueVersion": "5.1", "DefaultArguments": {"--continuous-log-logGroup": "/jobs/orders"}}',
    good: '{"GlueVersion": "5.1", "DefaultArguments": {"--custom-logGroup-prefix": "/jobs/orders"}}',
    aws: 'The run fails, or writes to its usual log groups.',
  },
  check: ({ argument: { name, nameNode, value, text }, job }, report) => {
    const isCustom = name === '--custom-logGroup-prefix' || name === '--custom-logStream-prefix';
    if (!isCustom && !name.startsWith('--continuous-log-')) return;
    if (isCustom && text !== undefined && (text.length > 400 || /[:*]/.test(text))) {
      const why =
        text.length > 400 ? `has ${text.length} characters, and at most 400 are allowed` : 'must not hold ":" or "*"';
      report({ at: value, message: `${name} ${why}.` });
    }
    const version = isSparkType(job?.command.type) ? glueVersion(job?.glueVersion) : undefined;
    if (version === undefined) return;
    const isNew = Number(version.name) >= 5;
    if (isNew === isCustom) return;
    const other = OTHER_LOG_NAMES[name];
    report({
      at: nameNode,
      message: isCustom
        ? `${name} begins with Glue 5.0; this job has ${version.name}, which reads ${other ?? 'no such parameter'}.`
        : `Glue ${version.name} ignores ${name}${other ? `: it reads ${other}` : ''}.`,
      severity: 'warning',
      fixes: other === undefined ? [] : [fix(`Rename to ${other}`, { kind: 'renameKey', node: nameNode, name: other })],
    });
  },
};

const OTHER_LOG_NAMES: Readonly<Record<string, string>> = {
  '--continuous-log-logGroup': '--custom-logGroup-prefix',
  '--continuous-log-logStreamPrefix': '--custom-logStream-prefix',
  '--custom-logGroup-prefix': '--continuous-log-logGroup',
  '--custom-logStream-prefix': '--continuous-log-logStreamPrefix',
};

export const customVariables: ArgumentRule = {
  id: 'glue/customer-variables',
  subject: 'argument',
  severity: 'warning',
  sources: ['GLUE034'],
  docs: {
    what: 'Names of environment variables for driver and executors begin with `CUSTOMER_`.',
    why: 'Glue leaves all others out without a word.',
    bad: '{"DefaultArguments": {"--customer-driver-env-vars": "STAGE=dev"}}',
    good: '{"DefaultArguments": {"--customer-driver-env-vars": "CUSTOMER_STAGE=dev"}}',
    aws: 'Accepted and ignored.',
  },
  check: ({ argument: { name, value, text } }: ArgumentSubject, report) => {
    if (!/^--customer-(?:driver|executor)-env-vars$/.test(name) || text === undefined) return;
    const wrong = [...text.matchAll(/(?:^|,)\s*([A-Za-z_]\w*)=/g)]
      .map(([, key = '']) => key)
      .filter((key) => !key.startsWith('CUSTOMER_'));
    if (wrong.length === 0) return;
    const right = text.replaceAll(
      /(^|,)(\s*)([A-Za-z_]\w*)=/g,
      (all: string, comma: string, blank: string, key: string) =>
        key.startsWith('CUSTOMER_') ? all : `${comma}${blank}CUSTOMER_${key}=`,
    );
    report({
      at: value,
      message: `Glue leaves out variables that do not begin with CUSTOMER_: ${anyOf(wrong.map(quote), 'and')}.`,
      fixes: [
        fix(
          'Put CUSTOMER_ before the names',
          value.kind === 'string'
            ? { kind: 'replaceString', node: value, value: right }
            : { kind: 'replaceValue', node: value, value: right },
        ),
      ],
    });
  },
};
