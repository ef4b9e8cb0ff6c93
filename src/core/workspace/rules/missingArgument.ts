import type { Fix, Report } from '../../language/rules/rule.ts';
import { anyOf } from '../../language/words.ts';
import type { In } from '../contracts/links.ts';
import {
  ARGUMENT_NAME,
  type GivenArguments,
  type JobFacts,
  type ScriptFacts,
  type ScriptOption,
  type StartFacts,
} from '../facts/facts.ts';
import { matchArgument, requiredOptions } from './given.ts';
import { at, fileName, otherFile, replaceSpan, type WorkspaceRule, type WorkspaceSubject } from './rule.ts';

export const missingArgument: WorkspaceRule = {
  id: 'glue/missing-argument',
  severity: 'warning',
  sources: ['GLUE039'],
  docs: {
    what: 'Every run of a job gets the arguments that its script asks `getResolvedOptions` for: from the job, or from whoever starts it.',
    why: 'A missing one ends the script before its first line of work, minutes after the cluster has started.',
    bad: '{"Name": "load", "Command": {"ScriptLocation": "s3://b/load.py"}, "DefaultArguments": {}}',
    good: '{"Name": "load", "Command": {"ScriptLocation": "s3://b/load.py"}, "DefaultArguments": {"--source": "s3://b/in/"}}',
    aws: 'The run fails: "GlueArgumentError: the following arguments are required: --source".',
  },
  check: (subject, report) => {
    for (const job of subject.file.jobs) checkJob(job, subject, report);
    for (const start of subject.file.starts) checkStart(start, subject, report);
  },
};

/** What the job itself lacks and nobody who starts it gives. */
function checkJob(job: JobFacts, { links }: WorkspaceSubject, report: Report): void {
  const script = links.scriptOf(job);
  if (script === undefined || job.isOpen) return;
  const starts = links.startsOf(job);
  if (starts.some(({ it }) => it.isOpen)) return;
  const given = suppliedBy([job, ...starts.map(({ it }) => it)], script.it);
  const missing = requiredOptions(script.it).filter(({ name }) => !given.has(name));
  if (missing.length === 0) return;
  const started = starts.length === 0 ? '' : ', and neither does anything that starts it';
  report({
    at: at(job.anchor),
    message: `${fileName(script.file)} asks for ${names(missing)}, which the job does not give${started}.`,
    related: related(script, missing),
    fixes: additionFixes(job, missing),
  });
}

/** What neither this start of a run nor the job gives, where other starts do. */
function checkStart(start: StartFacts, { links }: WorkspaceSubject, report: Report): void {
  const jobs = links.jobsOf(start.job);
  const job = jobs[0]?.it;
  const script = job && links.scriptOf(job);
  if (job === undefined || script === undefined || jobs.length > 1 || job.isOpen || start.isOpen) return;
  const given = suppliedBy([job, start], script.it);
  const others = links.startsOf(job).map(({ it }) => it);
  const isOpen = others.some((one) => one.isOpen);
  const elsewhere = suppliedBy(others, script.it);
  const missing = requiredOptions(script.it).filter(({ name }) => !given.has(name) && (isOpen || elsewhere.has(name)));
  if (missing.length === 0) return;
  report({
    at: at(start.anchor),
    message: `${fileName(script.file)} asks for ${names(missing)}, which neither this start of ${job.name ?? 'the job'} nor the job gives.`,
    related: related(script, missing),
    fixes: additionFixes(start, missing),
  });
}

/** The options that lists of arguments give, or mean by a name with a slip in it, which is told where it stands. */
function suppliedBy(lists: readonly GivenArguments[], script: ScriptFacts): ReadonlySet<string> {
  const supplied = new Set<string>();
  for (const { given } of lists) {
    const own = new Set(given.map(({ name }) => name));
    for (const argument of given) {
      supplied.add(argument.name);
      const match = matchArgument(argument, own, script);
      if (match.kind === 'misspelt' || match.kind === 'abbreviation') supplied.add(match.option.name);
    }
  }
  return supplied;
}

function names(options: readonly ScriptOption[]): string {
  return anyOf(
    options.map(({ name }) => `--${name}`),
    'and',
  );
}

function related({ file }: In<ScriptFacts>, options: readonly ScriptOption[]) {
  return options.map(({ name, spot }) => ({
    at: at(spot),
    message: `The script asks for ${name} here.`,
    file: otherFile(file),
  }));
}

function additionFixes({ addition }: GivenArguments, options: readonly ScriptOption[]): Fix[] {
  if (addition === undefined) return [];
  const { offset, length, text } = addition;
  return options.map(({ name }) =>
    replaceSpan(`Add --${name}`, { start: offset, end: offset + length }, text.replace(ARGUMENT_NAME, name)),
  );
}
