import type { Report } from '../../language/rules/rule.ts';
import type { JobFacts, ScriptProblem } from '../facts/facts.ts';
import { at, type WorkspaceRule, type WorkspaceSubject } from './rule.ts';

/** Names that the library has an argument for already, so that asking for them fails. */
const RESERVED =
  /^(?:JOB_ID|JOB_RUN_ID|SECURITY_CONFIGURATION|job-bookmark-(?:option|from|to)|continuation-option|encryption-type)$/;

export const reservedOption: WorkspaceRule = {
  id: 'glue/reserved-option',
  severity: 'error',
  sources: [],
  docs: {
    what: 'A script does not ask `getResolvedOptions` for what the library of Glue reads by itself.',
    why: '`JOB_ID`, `JOB_RUN_ID`, `SECURITY_CONFIGURATION` and the bookmark and encryption options are in the result without being asked for.',
    bad: 'args = getResolvedOptions(sys.argv, ["JOB_NAME", "JOB_RUN_ID"])',
    good: 'args = getResolvedOptions(sys.argv, ["JOB_NAME"])',
    aws: 'The run fails: "Using reserved arguments", or "conflicting option string".',
  },
  check: ({ file: { script } }, report) => {
    for (const { name, spot } of script?.options ?? []) {
      if (!RESERVED.test(name)) continue;
      report({
        at: at(spot),
        message: `getResolvedOptions reads ${name} by itself, and fails where it is asked for: take it out of the list.`,
      });
    }
  },
};

export const unaskedOption: WorkspaceRule = {
  id: 'glue/unasked-option',
  severity: 'error',
  sources: [],
  docs: {
    what: 'A script reads from the result of `getResolvedOptions` only what it asked for.',
    why: 'The result holds nothing else, whatever the job was given; a dash in a name becomes `_`.',
    bad: 'args = getResolvedOptions(sys.argv, ["source"])\nread(args["sorce"])',
    good: 'args = getResolvedOptions(sys.argv, ["source"])\nread(args["source"])',
    aws: 'The run fails with a KeyError.',
  },
  check: ({ file: { script } }, report) => {
    if (script === undefined || script.isOpen || script.options.length === 0) return;
    const names = new Set(script.options.map(({ name }) => name.replaceAll('-', '_')));
    for (const { spot, isNeeded } of script.uses) {
      if (!isNeeded || names.has(spot.text) || LIBRARY_RESULTS.has(spot.text)) continue;
      const underscored = spot.text.replaceAll('-', '_');
      report({
        at: at(spot),
        message: names.has(underscored)
          ? `The result of getResolvedOptions has ${underscored}, with underscores, not ${spot.text}.`
          : `The script does not ask for ${spot.text}: add it to the list of getResolvedOptions.`,
      });
    }
  },
};

/** What the result has without being asked for. */
const LIBRARY_RESULTS: ReadonlySet<string> = new Set([
  'JOB_NAME',
  'JOB_ID',
  'JOB_RUN_ID',
  'SECURITY_CONFIGURATION',
  'TempDir',
  'RedshiftTempDir',
  'encryption_type',
  'job_bookmark_from',
  'job_bookmark_to',
  'job_bookmark_option',
  'continuation_option',
  'enable_data_lineage',
]);

export const scriptJob: WorkspaceRule = {
  id: 'glue/script-job',
  severity: 'warning',
  sources: [],
  docs: {
    what: 'A script that makes a `Job` calls `init` on it, and, where the job has bookmarks, `commit` at its end and `transformation_ctx` in what it reads.',
    why: 'Without them Glue keeps no bookmark: the next run reads everything again.',
    bad: 'job = Job(glue_context)\nframe = glue_context.create_dynamic_frame.from_catalog(database="d", table_name="t")',
    good: 'job = Job(glue_context)\njob.init(args["JOB_NAME"], args)\nframe = glue_context.create_dynamic_frame.from_catalog(database="d", table_name="t", transformation_ctx="frame")\njob.commit()',
    aws: 'Accepted; the bookmark never moves on.',
  },
  check: (subject, report) => {
    const jobs = jobsOf(subject);
    const marked = jobs.find(({ bookmark }) => bookmark === 'job-bookmark-enable');
    for (const problem of subject.file.script?.problems ?? []) checkJob(problem, marked, report);
  },
};

function checkJob({ kind, span }: ScriptProblem, marked: JobFacts | undefined, report: Report): void {
  if (kind === 'noInit') {
    report({ at: at(span), message: 'This Job is never initialized: call init(args["JOB_NAME"], args) on it.' });
  }
  if (marked === undefined) return;
  const name = marked.name ?? 'The job';
  if (kind === 'noCommit') {
    report({
      at: at(span),
      message: `${name} has bookmarks, and the script never calls commit() on its Job: the next run reads everything again.`,
    });
  } else if (kind === 'noContext') {
    report({
      at: at(span),
      message: `${name} has bookmarks, and this read has no transformation_ctx: Glue keeps no bookmark of it.`,
    });
  }
}

export const removedApi: WorkspaceRule = {
  id: 'glue/removed-api',
  severity: 'warning',
  sources: [],
  docs: {
    what: 'A script imports nothing that the Glue version of its job no longer has.',
    why: 'Later versions bring later Python and Spark, which dropped modules and classes.',
    bad: 'import imp  # with GlueVersion 6.0',
    good: 'import importlib',
    aws: 'The run fails: ModuleNotFoundError or ImportError.',
  },
  check: (subject, report) => {
    const jobs = jobsOf(subject).filter(({ isPythonShell }) => !isPythonShell);
    for (const { kind, span, api = '', since = '', instead = '' } of subject.file.script?.problems ?? []) {
      const job = kind === 'removed' ? jobs.find(({ glueVersion }) => isFrom(glueVersion, since)) : undefined;
      if (job === undefined) continue;
      report({
        at: at(span),
        message: `Glue ${job.glueVersion ?? ''}, which ${job.name ?? 'the job'} runs on, has no ${api} any more: use ${instead}.`,
      });
    }
  },
};

function jobsOf({ file, links }: WorkspaceSubject): readonly JobFacts[] {
  return links.jobsOfScript(file.path).map(({ it }) => it);
}

function isFrom(version: string | undefined, since: string): boolean {
  return version !== undefined && /^\d+\.\d+$/.test(version) && Number(version) >= Number(since);
}
