import { keyOf, type Fix } from '../../../language/rules/rule.ts';
import { isSparkType } from '../../facts/commands.ts';
import { glueVersion } from '../../facts/versions.ts';
import { workerType } from '../../facts/workerTypes.ts';
import type { Argument } from '../../model.ts';
import { argumentOf } from '../job/script.ts';
import { fix, type JobRule } from '../rule.ts';

function addition(beside: Argument, name: string, value: string): Fix[] {
  const { node } = beside.list;
  return node.kind === 'object'
    ? [fix(`Add ${name} ${value}`, { kind: 'addProperty', object: node, name, value })]
    : [];
}

function removal({ list, name, nameNode }: Argument): Fix[] {
  return list.node.kind === 'object' ? [fix(`Remove ${name}`, { kind: 'removeProperty', key: nameNode })] : [];
}

export const bookmark: JobRule = {
  id: 'glue/bookmark',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE028'],
  docs: {
    what: '`--job-bookmark-from` and `--job-bookmark-to` come together, with `job-bookmark-pause`; Python shell jobs have no bookmarks.',
    why: 'They name the runs between which the input lies, and only a paused bookmark reads them.',
    bad: '{"DefaultArguments": {"--job-bookmark-option": "job-bookmark-pause", "--job-bookmark-from": "jr_1"}}',
    good: '{"DefaultArguments": {"--job-bookmark-option": "job-bookmark-pause", "--job-bookmark-from": "jr_1", "--job-bookmark-to": "jr_2"}}',
    aws: 'The run fails.',
  },
  check: (job, report) => {
    const option = argumentOf(job, '--job-bookmark-option');
    const from = argumentOf(job, '--job-bookmark-from');
    const to = argumentOf(job, '--job-bookmark-to');
    if (job.command.type === 'pythonshell') {
      if (option?.text === 'job-bookmark-enable' || option?.text === 'job-bookmark-pause') {
        report({ at: option.nameNode, message: 'Python shell jobs have no bookmarks.', fixes: removal(option) });
      }
      return;
    }
    const present = from ?? to;
    if (present === undefined || job.hasMoreArguments) return;
    if (from === undefined || to === undefined) {
      const missing = from === undefined ? '--job-bookmark-from' : '--job-bookmark-to';
      report({ at: present.nameNode, message: `${present.name} goes with ${missing}, which is missing.` });
    }
    const isOpen = option !== undefined && option.text === undefined;
    if (!isOpen && option?.text !== 'job-bookmark-pause' && job.use !== 'run') {
      report({
        at: present.nameNode,
        message: `${present.name} is read with --job-bookmark-option job-bookmark-pause only.`,
        fixes: option === undefined ? addition(present, '--job-bookmark-option', 'job-bookmark-pause') : [],
      });
    }
  },
};

export const virtualEnvironment: JobRule = {
  id: 'glue/virtual-env',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE029'],
  docs: {
    what: '`--python-virtual-env` needs Glue 5.0 and excludes `--additional-python-modules`; its cache needs Glue 6.0.',
    why: 'The packed environment replaces every library, so that nothing can be installed beside it.',
    bad: '{"GlueVersion": "4.0", "DefaultArguments": {"--python-virtual-env": "s3://b/env.tar.gz"}}',
    good: '{"GlueVersion": "5.1", "DefaultArguments": {"--python-virtual-env": "s3://b/env.tar.gz"}}',
    aws: 'The run fails, or ignores the parameter.',
  },
  check: (job, report) => {
    const environment = argumentOf(job, '--python-virtual-env');
    const modules = argumentOf(job, '--additional-python-modules');
    if (environment !== undefined && modules !== undefined) {
      report({
        at: environment.nameNode,
        message: '--python-virtual-env and --additional-python-modules exclude each other.',
        related: [{ at: modules.nameNode, message: 'The modules are asked for here.' }],
        fixes: removal(modules),
      });
    }
    const version = isSparkType(job.command.type) ? glueVersion(job.glueVersion) : undefined;
    if (version === undefined) return;
    const cache = ['--python-virtual-env-storage-prefix', '--python-virtual-env-version'];
    for (const [name, from] of [['--python-virtual-env', 5], ...cache.map((one) => [one, 6] as const)] as const) {
      const argument = argumentOf(job, name);
      if (argument === undefined || Number(version.name) >= from) continue;
      report({
        at: argument.nameNode,
        message: `${name} needs Glue ${from}.0 or later; this job has ${version.name}.`,
      });
    }
  },
};

export const executorCores: JobRule = {
  id: 'glue/executor-cores',
  subject: 'job',
  severity: 'warning',
  sources: ['GLUE031'],
  docs: {
    what: '`--executor-cores` is at most twice the vCPUs of the worker.',
    why: 'More tasks at once than that only take memory from each other.',
    bad: '{"WorkerType": "G.1X", "DefaultArguments": {"--executor-cores": "32"}}',
    good: '{"WorkerType": "G.1X", "DefaultArguments": {"--executor-cores": "8"}}',
    aws: 'The documented limit; the run may fail.',
  },
  check: (job, report) => {
    const argument = argumentOf(job, '--executor-cores');
    const type = workerType(job.part.text('WorkerType'));
    if (argument?.text === undefined || type === undefined || !/^\d+$/.test(argument.text)) return;
    const most = 2 * type.vCpus;
    if (Number(argument.text) <= most) return;
    report({
      at: argument.value,
      message: `An executor of ${type.name} runs at most ${most} tasks at once (twice its ${type.vCpus} vCPUs), not ${argument.text}.`,
      fixes: [fix(`Change to ${most}`, { kind: 'replaceValue', node: argument.value, value: String(most) })],
    });
  },
};

export const sparkUi: JobRule = {
  id: 'glue/spark-ui',
  subject: 'job',
  severity: 'warning',
  sources: ['GLUE032'],
  docs: {
    what: '`--enable-spark-ui` and `--spark-event-logs-path` come together.',
    why: 'Event logs need a place, and a place alone does nothing.',
    bad: '{"DefaultArguments": {"--enable-spark-ui": "true"}}',
    good: '{"DefaultArguments": {"--enable-spark-ui": "true", "--spark-event-logs-path": "s3://b/spark-logs/"}}',
    aws: 'No event logs are kept.',
  },
  check: (job, report) => {
    if (!isSparkType(job.command.type) || job.use === 'run') return;
    const ui = argumentOf(job, '--enable-spark-ui');
    const path = argumentOf(job, '--spark-event-logs-path');
    if (job.hasMoreArguments && (ui === undefined || path === undefined)) return;
    if (ui?.text?.toLowerCase() === 'true' && path === undefined) {
      report({
        at: ui.nameNode,
        message: 'The Spark UI has no place for its event logs: add --spark-event-logs-path.',
      });
    } else if (path !== undefined && (ui === undefined || ui.text?.toLowerCase() === 'false')) {
      report({
        at: path.nameNode,
        message: '--spark-event-logs-path does nothing without --enable-spark-ui true.',
        severity: 'info',
        fixes: ui === undefined ? addition(path, '--enable-spark-ui', 'true') : [],
      });
    }
  },
};

export const microBatchScaling: JobRule = {
  id: 'glue/micro-batch-scaling',
  subject: 'job',
  severity: 'warning',
  sources: [],
  docs: {
    what: '`--auto-scale-within-microbatch` goes with `--enable-auto-scaling`.',
    why: 'It only says when a job scales that scales at all.',
    bad: '{"Command": {"Name": "gluestreaming"}, "DefaultArguments": {"--auto-scale-within-microbatch": "true"}}',
    good: '{"Command": {"Name": "gluestreaming"}, "DefaultArguments": {"--enable-auto-scaling": "true", "--auto-scale-within-microbatch": "true"}}',
    aws: 'Accepted and ignored.',
  },
  check: (job, report) => {
    const inner = argumentOf(job, '--auto-scale-within-microbatch');
    const outer = argumentOf(job, '--enable-auto-scaling');
    if (inner?.text?.toLowerCase() !== 'true' || job.command.type !== 'gluestreaming' || job.use === 'run') return;
    if (outer === undefined ? job.hasMoreArguments : outer.text?.toLowerCase() !== 'false') return;
    report({
      at: inner.nameNode,
      message: '--auto-scale-within-microbatch does nothing without --enable-auto-scaling true.',
      fixes: outer === undefined ? addition(inner, '--enable-auto-scaling', 'true') : [],
    });
  },
};

const MOST_BYTES = 260 * 1024;

export const argumentsSize: JobRule = {
  id: 'glue/arguments-size',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE036'],
  docs: {
    what: 'The arguments of a job have at most 260 KB together.',
    why: 'Glue refuses more. Put what is large into S3 and pass its location.',
    bad: '{"DefaultArguments": {"--config": "…300 KB of JSON…"}}',
    good: '{"DefaultArguments": {"--config": "s3://b/config.json"}}',
    aws: 'InvalidInputException when the job is created or run.',
  },
  check: (job, report) => {
    const sizes = job.arguments.map((argument) => ({
      argument,
      size: bytesOf(argument.name) + bytesOf(argument.written ?? ''),
    }));
    const total = sizes.reduce((sum, { size }) => sum + size, 0);
    const largest = sizes.toSorted((a, b) => b.size - a.size)[0];
    if (total <= MOST_BYTES || largest === undefined) return;
    report({
      at: largest.argument.nameNode,
      message: `The arguments have ${Math.ceil(total / 1024)} KB together, and at most 260 are allowed; this one has ${Math.ceil(largest.size / 1024)}.`,
    });
  },
};

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

export const overriddenArgument: JobRule = {
  id: 'glue/overridden-argument',
  subject: 'job',
  severity: 'warning',
  sources: ['GLUE037'],
  docs: {
    what: 'No argument stands in `DefaultArguments` and in `NonOverridableArguments`.',
    why: 'The one that cannot be overridden wins, and the other is read for nothing.',
    bad: '{"DefaultArguments": {"--stage": "dev"}, "NonOverridableArguments": {"--stage": "prod"}}',
    good: '{"NonOverridableArguments": {"--stage": "prod"}}',
    aws: 'Accepted; the default never takes effect.',
  },
  check: (job, report) => {
    const defaults = new Map(
      job.arguments
        .filter(({ list }) => list.field === 'DefaultArguments')
        .map((argument) => [argument.name, argument]),
    );
    for (const argument of job.arguments) {
      const other = argument.list.field === 'NonOverridableArguments' ? defaults.get(argument.name) : undefined;
      if (other === undefined) continue;
      report({
        at: argument.nameNode,
        message: `${argument.name} stands in ${job.part.spell('DefaultArguments')} too, where it never takes effect.`,
        related: [{ at: keyOf(other.value), message: 'The default that is never used.' }],
        fixes: removal(other),
      });
    }
  },
};
