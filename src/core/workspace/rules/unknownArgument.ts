import type { Report } from '../../language/rules/rule.ts';
import { didYouMean } from '../../language/words.ts';
import type { In, Links } from '../contracts/links.ts';
import type { GivenArgument, GivenArguments, JobFacts, ScriptFacts } from '../facts/facts.ts';
import { isStrict, matchArgument, type Match } from './given.ts';
import { at, fileName, otherFile, replaceSpan, type WorkspaceRule, type WorkspaceSubject } from './rule.ts';

interface Given {
  readonly argument: GivenArgument;
  readonly match: Match;
  readonly script: In<ScriptFacts>;
  readonly job: JobFacts;
}

/** Every argument that the file gives to a job whose script is in the workspace. */
function* givenIn({ file, links }: WorkspaceSubject): Generator<Given> {
  for (const job of file.jobs) yield* givenBy(job, job, links);
  for (const start of file.starts) {
    const jobs = links.jobsOf(start.job).map(({ it }) => it);
    const [job] = jobs;
    // Jobs of one name in several files, one for each stage, may have scripts of their own.
    if (job === undefined || new Set(jobs.map((one) => links.scriptPathOf(one))).size > 1) continue;
    yield* givenBy(start, job, links);
  }
}

function* givenBy(list: GivenArguments, job: JobFacts, links: Links): Generator<Given> {
  const script = links.scriptOf(job);
  if (script === undefined || script.it.anchor === undefined) return;
  const names = new Set(list.given.map(({ name }) => name));
  for (const argument of list.given) {
    yield { argument, match: matchArgument(argument, names, script.it), script, job };
  }
}

export const misspeltOption: WorkspaceRule = {
  id: 'glue/misspelt-option',
  severity: 'warning',
  sources: [],
  docs: {
    what: 'The name of an argument is spelt as the script asks for it, capitals included.',
    why: 'The script does not find it under another name.',
    bad: '{"Name": "load", "Command": {"ScriptLocation": "s3://b/load.py"}, "DefaultArguments": {"--Source": "s3://b/in/"}}',
    good: '{"Name": "load", "Command": {"ScriptLocation": "s3://b/load.py"}, "DefaultArguments": {"--source": "s3://b/in/"}}',
    aws: 'The run fails: "GlueArgumentError: the following arguments are required: --source".',
  },
  check: (subject, report) => {
    for (const { argument, match, script } of givenIn(subject)) {
      if (match.kind !== 'misspelt') continue;
      const { name, spot } = match.option;
      const what = match.isCaseOnly
        ? `Names of arguments are told apart by capitals: ${fileName(script.file)} asks for --${name}.`
        : `${fileName(script.file)} does not ask for --${argument.name}.${didYouMean(`--${name}`)}`;
      report({
        at: at(argument.key),
        message: what,
        related: [{ at: at(spot), message: `The script asks for ${name} here.`, file: otherFile(script.file) }],
        fixes: argument.spot.isLiteral ? [replaceSpan(`Change to --${name}`, argument.spot, name)] : [],
      });
    }
  },
};

export const abbreviatedArgument: WorkspaceRule = {
  id: 'glue/abbreviated-argument',
  severity: 'info',
  sources: [],
  docs: {
    what: 'The name of an argument is the whole name that the script asks for.',
    why: 'Until Glue 5.1 `getResolvedOptions` takes the beginning of a name for the name; from 6.0 it does not.',
    bad: '{"Name": "load", "GlueVersion": "6.0", "Command": {"ScriptLocation": "s3://b/load.py"}, "DefaultArguments": {"--src": "s3://b/in/"}}',
    good: '{"Name": "load", "GlueVersion": "6.0", "Command": {"ScriptLocation": "s3://b/load.py"}, "DefaultArguments": {"--src_path": "s3://b/in/"}}',
    aws: 'Works until 5.1. From 6.0 the run fails: "the following arguments are required". A warning there.',
  },
  check: (subject, report) => {
    for (const { argument, match, script, job } of givenIn(subject)) {
      if (match.kind !== 'abbreviation') continue;
      const { name, spot } = match.option;
      const strict = isStrict(job);
      report({
        at: at(argument.key),
        message: strict
          ? `Glue ${job.glueVersion ?? '6.0'} no longer takes --${argument.name} for --${name}, which ${fileName(script.file)} asks for.`
          : `${fileName(script.file)} asks for --${name}. Glue completes --${argument.name} until 5.1, and no longer from 6.0.`,
        ...(strict && { severity: 'warning' as const }),
        related: [{ at: at(spot), message: `The script asks for ${name} here.`, file: otherFile(script.file) }],
        fixes: argument.spot.isLiteral ? [replaceSpan(`Change to --${name}`, argument.spot, name)] : [],
      });
    }
  },
};

export const unusedArgument: WorkspaceRule = {
  id: 'glue/unused-argument',
  severity: 'info',
  sources: ['GLUE039'],
  docs: {
    what: 'The script asks for every argument that it is given.',
    why: 'Nobody reads the others: they are left over, or the script was meant to use them.',
    bad: '{"Name": "load", "Command": {"ScriptLocation": "s3://b/load.py"}, "DefaultArguments": {"--retired_flag": "1"}}',
    good: '{"Name": "load", "Command": {"ScriptLocation": "s3://b/load.py"}, "DefaultArguments": {}}',
    aws: 'Accepted and ignored.',
  },
  check: (subject, report) => {
    for (const given of givenIn(subject)) checkUnused(given, report);
  },
};

function checkUnused({ argument, match, script }: Given, report: Report): void {
  if (match.kind !== 'stray' || script.it.isOpen) return;
  report({
    at: at(argument.key),
    message: `${fileName(script.file)} does not ask for --${argument.name}.`,
    related: script.it.anchor
      ? [{ at: at(script.it.anchor), message: 'What the script asks for.', file: otherFile(script.file) }]
      : [],
  });
}
