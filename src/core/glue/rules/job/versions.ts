import { keyOf, type Fix } from '../../../language/rules/rule.ts';
import { nearest } from '../../../language/nearest.ts';
import { anyOf, didYouMean, quote } from '../../../language/words.ts';
import type { Node } from '../../../language/tree.ts';
import { isSparkType } from '../../facts/commands.ts';
import { AUTO_VERSION, breaksBetween, GLUE_VERSIONS, glueVersion, RECOMMENDED_VERSION } from '../../facts/versions.ts';
import type { Job } from '../../model.ts';
import { fix, replaceText, type JobRule } from '../rule.ts';

const living = GLUE_VERSIONS.filter(({ endOfLife }) => endOfLife === undefined).map(({ name }) => name);

/** A change of the version whose title tells what a job has to mind. */
function bump(node: Node, from: string, to: string): Fix {
  const breaks = breaksBetween(from, to);
  const { edits } = replaceText(node, to);
  return { title: `Change to Glue ${to} (mind: ${breaks.join('; ')})`, isSafe: false, edits };
}

export const versionMissing: JobRule = {
  id: 'glue/version-missing',
  subject: 'job',
  severity: 'warning',
  sources: ['GLUE013'],
  docs: {
    what: 'A Spark job names its `GlueVersion`.',
    why: 'Without it the service takes its newest, so that the same file makes another job next year.',
    bad: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}}',
    good: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}, "GlueVersion": "5.1"}',
    aws: 'Accepted; the job gets the default of the day. Terraform keeps in its state which one that was.',
  },
  check: ({ part, command, use, anchor, dialect }, report) => {
    // Without a command a job of Terraform is one of Spark, as with a command that has no name.
    const isSpark = isSparkType(command.type) || (dialect === 'terraform' && !part.has('Command'));
    if (use === 'run' || !isSpark || part.has('GlueVersion') || part.isOpen) return;
    const name = part.spell('GlueVersion');
    report({
      at: anchor,
      message: `This Spark job names no ${name}: it gets whatever is the default on the day that it is created.`,
      fixes: [
        fix(`Add ${name} ${RECOMMENDED_VERSION}`, {
          kind: 'addProperty',
          object: part.node,
          name,
          value: RECOMMENDED_VERSION,
        }),
      ],
    });
  },
};

export const endOfLifeVersion: JobRule = {
  id: 'glue/end-of-life-version',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE014'],
  docs: {
    what: 'Glue 0.9, 1.0 and 2.0 have ended.',
    why: 'Since 2026-04-01 jobs of these versions can be neither created nor run.',
    bad: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}, "GlueVersion": "2.0"}',
    good: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}, "GlueVersion": "5.1"}',
    aws: 'CreateJob and StartJobRun are refused.',
  },
  check: (job, report) => {
    const node = job.part.get('GlueVersion');
    const version = glueVersion(job.glueVersion);
    if (node === undefined || version?.endOfLife === undefined || !isSparkType(job.command.type)) return;
    report({
      at: node,
      message: `Glue ${version.name} ended on ${version.endOfLife}: this job can be neither created nor run. Move it to ${anyOf(living)}.`,
      fixes: [RECOMMENDED_VERSION, '4.0'].map((to) => bump(node, version.name, to)),
    });
  },
};

export const unknownVersion: JobRule = {
  id: 'glue/unknown-version',
  subject: 'job',
  severity: 'warning',
  sources: ['GLUE015'],
  docs: {
    what: '`GlueVersion` is one that there is.',
    why: 'An unknown one is refused, 3.0 is old, and for a Python shell job the version means nothing.',
    bad: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}, "GlueVersion": "5"}',
    good: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}, "GlueVersion": "5.1"}',
    aws: 'InvalidInputException: the version is not supported.',
  },
  check: (job, report) => {
    const { command, part, glueVersion: text } = job;
    const node = part.get('GlueVersion');
    if (node === undefined || text === undefined || text.toLowerCase() === AUTO_VERSION) return;
    if (command.type === 'pythonshell') {
      report({ at: keyOf(node), message: 'GlueVersion means nothing for a Python shell job.', severity: 'hint' });
    } else if (glueVersion(text) === undefined) {
      const meant = glueVersion(`${text}.0`)?.name ?? nearest(text, living);
      report({
        at: node,
        message: `Sluice knows no Glue version ${quote(text)}: there are ${anyOf(living, 'and')}.${didYouMean(meant)}`,
        fixes: meant === undefined ? [] : [replaceText(node, meant)],
      });
    } else if (text === '3.0') {
      report({
        at: node,
        message: 'Glue 3.0 is the oldest version that still runs: plan the move to a newer one.',
        severity: 'info',
        fixes: [bump(node, text, RECOMMENDED_VERSION), bump(node, text, '4.0')],
      });
    }
  },
};

export const autoVersion: JobRule = {
  id: 'glue/auto-version',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE016'],
  docs: {
    what: 'The version `auto` is written in lower case, for Spark jobs, with `MaxRetries` of at least 1.',
    why: 'Glue tries a new version and, where the run fails, falls back in a retry.',
    bad: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}, "GlueVersion": "auto"}',
    good: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}, "GlueVersion": "auto", "MaxRetries": 1}',
    aws: 'InvalidInputException when the job is created.',
  },
  check: (job, report) => {
    const { part, command, glueVersion: text } = job;
    const node = part.get('GlueVersion');
    if (node === undefined || text?.toLowerCase() !== AUTO_VERSION) return;
    if (text !== AUTO_VERSION) {
      report({
        at: node,
        message: 'Automatic upgrades are written "auto", in lower case.',
        fixes: [replaceText(node, 'auto', true)],
      });
    } else if (command.type !== undefined && !isSparkType(command.type)) {
      report({ at: node, message: 'Automatic upgrades are for Spark jobs. Leave GlueVersion out.' });
    } else reportRetries(job, node, report);
  },
};

function reportRetries({ part, command, use }: Job, node: Node, report: Parameters<JobRule['check']>[1]): void {
  const retries = part.property('MaxRetries');
  const count = part.number('MaxRetries');
  if (command.type === undefined || use === 'run' || (retries !== undefined && (count === undefined || count >= 1)))
    return;
  if (retries === undefined && part.isOpen) return;
  const name = part.spell('MaxRetries');
  const given = retries === undefined ? `${name} is missing, which counts as 0` : `${name} is ${count ?? 0}`;
  report({
    at: node,
    message: `Automatic upgrades need ${name} of at least 1, to fall back when a new version fails: ${given}.`,
    fixes: [
      retries === undefined
        ? fix(`Add ${name} 1`, { kind: 'addProperty', object: part.node, name, value: 1 })
        : fix(`Change ${name} to 1`, { kind: 'replaceValue', node: retries.value, value: 1 }),
    ],
  });
}
