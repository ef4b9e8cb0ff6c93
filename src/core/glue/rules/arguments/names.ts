import { nearest } from '../../../language/nearest.ts';
import { didYouMean, quote } from '../../../language/words.ts';
import { SPECIAL_PARAMETERS, specialParameter } from '../../facts/parameters.ts';
import { hasPlaceholder } from '../../values.ts';
import { fix, type ArgumentRule, type ArgumentSubject } from '../rule.ts';

const DASHES = /[\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/;
/** Keys without dashes that Glue reads all the same, and how people write them. */
const LIBRARY_SET = /^(?:--)?library-set$/;

export const argumentName: ArgumentRule = {
  id: 'glue/argument-name',
  subject: 'argument',
  severity: 'error',
  sources: ['GLUE022'],
  docs: {
    what: 'The name of an argument is `--` and letters, digits, `_` or `-`.',
    why: 'Glue passes names on as they are: without the dashes, or with a dash pasted from a web page, nobody reads them.',
    bad: '{"DefaultArguments": {"TempDir": "s3://b/temp/", "—source": "s3://b/in/"}}',
    good: '{"DefaultArguments": {"--TempDir": "s3://b/temp/", "--source": "s3://b/in/"}}',
    aws: 'Accepted; the script or Glue does not find the argument.',
  },
  check: ({ argument: { name, nameNode, text }, job }, report) => {
    if (hasPlaceholder(name) || LIBRARY_SET.test(name) || job?.command.type === 'glueray') return;
    const renamed = (to: string) => [fix(`Change to ${to}`, { kind: 'renameKey', node: nameNode, name: to })];
    if (name.trim() === '') {
      report({ at: nameNode, message: 'The name of an argument is empty.' });
    } else if (DASHES.test(name)) {
      const right = name.replaceAll(new RegExp(DASHES, 'g'), '-').replace(/^-+/, '--');
      report({
        at: nameNode,
        message: `${quote(name)} holds a character that only looks like a dash: write ${right}.`,
        fixes: renamed(right),
      });
    } else if (/^--conf\s/.test(name)) {
      const setting = name.replace(/^--conf\s+/, '').replace(/=.*$/, '');
      const value = text === undefined ? '…' : text;
      report({
        at: nameNode,
        message: `Spark settings stand in the value of one argument: "--conf": ${quote(`${setting}=${value}`)}.`,
      });
    } else if (/\s/.test(name)) {
      report({ at: nameNode, message: `${quote(name)} holds a blank: the name of an argument has none.` });
    } else if (!name.startsWith('--')) {
      const right = `--${name.replace(/^-+/, '')}`;
      const isSpecial = specialParameter(right) !== undefined;
      report({
        at: nameNode,
        message: isSpecial
          ? `Glue reads ${right}, with two dashes, not ${quote(name)}.`
          : `Arguments begin with two dashes: getResolvedOptions does not find ${quote(name)}.`,
        ...(!isSpecial && { severity: 'warning' as const }),
        fixes: renamed(right),
      });
    }
  },
};

const INTERNAL = new Set(['--debug', '--mode', '--endpoint']);

export const reservedArgument: ArgumentRule = {
  id: 'glue/reserved-argument',
  subject: 'argument',
  severity: 'error',
  sources: ['GLUE023'],
  docs: {
    what: '`--debug`, `--mode` and `--endpoint` are internal to Glue, and `--JOB_NAME` and the like it sets itself.',
    why: 'A job that sets them can fail in ways that nothing explains, or sees its value replaced.',
    bad: '{"DefaultArguments": {"--mode": "full"}}',
    good: '{"DefaultArguments": {"--load_mode": "full"}}',
    aws: 'Documented as names not to set.',
  },
  check: ({ argument: { name, nameNode } }, report) => {
    const parameter = specialParameter(name);
    if (parameter?.isReserved !== true) return;
    const isInternal = INTERNAL.has(name);
    report({
      at: nameNode,
      message: isInternal
        ? `${name} is internal to Glue: choose another name.`
        : `${name} is set by Glue when a run starts: what is given here is overwritten.`,
      ...(!isInternal && { severity: 'warning' as const }),
      fixes: isInternal
        ? [
            fix(`Rename to --job_${name.slice(2)}`, {
              kind: 'renameKey',
              node: nameNode,
              name: `--job_${name.slice(2)}`,
            }),
          ]
        : [fix(`Remove ${name}`, { kind: 'removeProperty', key: nameNode })],
    });
  },
};

const SPELLABLE = SPECIAL_PARAMETERS.filter(({ isReserved }) => isReserved !== true).map(({ name }) => name);
const squeezed = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, '');
const bySqueezed = new Map(SPELLABLE.map((name) => [squeezed(name), name]));

export const misspeltArgument: ArgumentRule = {
  id: 'glue/misspelt-argument',
  subject: 'argument',
  severity: 'warning',
  sources: [],
  docs: {
    what: 'The name of an argument is not nearly that of a special parameter of Glue.',
    why: 'Glue ignores names that it does not know, so that the setting never takes effect.',
    bad: '{"DefaultArguments": {"--enable-continuos-cloudwatch-log": "true", "--Tempdir": "s3://b/temp/"}}',
    good: '{"DefaultArguments": {"--enable-continuous-cloudwatch-log": "true", "--TempDir": "s3://b/temp/"}}',
    aws: 'Accepted and ignored.',
  },
  check: ({ argument: { name, nameNode } }, report) => {
    const meant = meantParameter(name);
    if (meant === undefined) return;
    report({
      at: nameNode,
      message: `Glue has no parameter ${name} and ignores it.${meant === '' ? '' : didYouMean(meant)}`,
      fixes: meant === '' ? [] : [fix(`Change to ${meant}`, { kind: 'renameKey', node: nameNode, name: meant })],
    });
  },
};

/** The special parameter that was meant; empty where the name only looks like one; undefined where it is the user's own. */
export function meantParameter(name: string): string | undefined {
  if (!name.startsWith('--') || hasPlaceholder(name) || specialParameter(name) !== undefined) return undefined;
  if (/\s/.test(name) || DASHES.test(name) || LIBRARY_SET.test(name)) return undefined;
  const word = name.slice(2);
  const same = bySqueezed.get(squeezed(name));
  // A name of one word, or with another mark between its words, may well be the script's own.
  if (same !== undefined) return isDistinctive(same, word) ? same : undefined;
  if (!word.includes('-') || word.length < 9) return undefined;
  const near = nearest(name, SPELLABLE);
  if (near !== undefined && Math.abs(near.length - name.length) <= 2) return near;
  return /^enable-[a-z-]+$/.test(word) ? '' : undefined;
}

function isDistinctive(parameter: string, word: string): boolean {
  if (parameter.slice(2).includes('-')) return true;
  return !word.includes('_') && !word.includes('-') && word.toLowerCase() !== 'class' && word.toLowerCase() !== 'conf';
}

/** Properties of a job that people put among its arguments. */
const PROPERTIES: Readonly<Record<string, string>> = {
  glueversion: 'GlueVersion',
  workertype: 'WorkerType',
  numberofworkers: 'NumberOfWorkers',
  maxcapacity: 'MaxCapacity',
  maxretries: 'MaxRetries',
  connections: 'Connections',
  securityconfiguration: 'SecurityConfiguration',
  maxconcurrentruns: 'ExecutionProperty.MaxConcurrentRuns',
  pythonversion: 'Command.PythonVersion',
};

export const fieldAsArgument: ArgumentRule = {
  id: 'glue/field-as-argument',
  subject: 'argument',
  severity: 'info',
  sources: [],
  docs: {
    what: 'What is a field of the job is not given as an argument.',
    why: 'As an argument it reaches the script only; the job keeps its default.',
    bad: '{"DefaultArguments": {"--glue_version": "5.1"}}',
    good: '{"GlueVersion": "5.1"}',
    aws: 'Accepted, without effect on the job.',
  },
  check: ({ argument: { name, nameNode }, job }: ArgumentSubject, report) => {
    const field = PROPERTIES[squeezed(name)];
    if (field === undefined || !name.startsWith('--') || job === undefined || job.use === 'run') return;
    report({ at: nameNode, message: `${name} reaches the script only: the job itself is told by the field ${field}.` });
  },
};
