import { quote } from '../../../language/words.ts';
import type { Fix } from '../../../language/rules/rule.ts';
import { isSparkType } from '../../facts/commands.ts';
import type { Argument, Job } from '../../model.ts';
import { hasPlaceholder, writtenText } from '../../values.ts';
import { fix, replaceText, type JobRule } from '../rule.ts';

/** `https://bucket.s3.region.amazonaws.com/key` and `https://s3.region.amazonaws.com/bucket/key` as `s3://bucket/key`. */
export function s3Location(url: string): string | undefined {
  const virtual = /^https?:\/\/([^/]+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?\/(.+)$/.exec(url);
  if (virtual) return `s3://${virtual[1] ?? ''}/${virtual[2] ?? ''}`;
  const path = /^https?:\/\/s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?\/([^/]+\/.+)$/.exec(url);
  return path?.[1] === undefined ? undefined : `s3://${path[1]}`;
}

export const scriptLocation: JobRule = {
  id: 'glue/script-location',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE019'],
  docs: {
    what: '`ScriptLocation` is an object in S3: `s3://bucket/key`.',
    why: 'Glue reads the script from there, and from nowhere else. CloudFormation uploads local paths with `package`.',
    bad: '{"Command": {"Name": "glueetl", "ScriptLocation": "jobs/load.py"}}',
    good: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://bucket/jobs/load.py"}}',
    aws: 'The job is created, and its runs fail.',
  },
  check: ({ command: { script: node }, part, dialect }, report) => {
    const text = writtenText(node, part.source);
    if (node === undefined || text === undefined || text === '') return;
    if (/^s3[an]?:\/\/(?:[^/]+\/|[^/]*[${<])/.test(text) || startsUnknown(text)) {
      const bucket = /^s3[an]?:\/\/([^/${<]+)\//.exec(text)?.[1];
      if (bucket === undefined || isBucketName(bucket)) return;
      const message = `${quote(bucket)} is no name of a bucket: letters, digits, "." and "-".`;
      report({ at: node, message, severity: 'warning' });
      return;
    }
    const trimmed = text.trim();
    if (trimmed !== text && trimmed.startsWith('s3://')) {
      const message = `${quote(text)} has a blank at its ${text.startsWith('s3') ? 'end' : 'start'}: Glue does not find the script.`;
      report({ at: node, message, fixes: [replaceText(node, trimmed, true)] });
      return;
    }
    const isUrl = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[a-z]:[\\/]/i.test(text);
    if (!isUrl && dialect === 'cloudformation') return;
    const location = s3Location(text);
    const why = isUrl ? 'Glue reads scripts from S3 only' : 'Glue reads no local files';
    report({
      at: node,
      message: `${quote(text)} is no script in S3: ${why}. Write s3://bucket/key.`,
      fixes: location === undefined ? [] : [replaceText(node, location, true)],
    });
  },
};

/** Old buckets may have capitals and `_`: only what no bucket ever had counts. */
function isBucketName(name: string): boolean {
  return /^[A-Za-z0-9][\w.-]*$/.test(name);
}

function startsUnknown(text: string): boolean {
  return hasPlaceholder(text) && /^(?:\$\{|\{\{|%\{|<|#\{)/.test(text);
}

/** The argument of this name, wherever the job gives it. */
export function argumentOf(job: Job, name: string): Argument | undefined {
  return job.arguments.find((argument) => argument.name === name);
}

export const scriptLanguage: JobRule = {
  id: 'glue/script-language',
  subject: 'job',
  severity: 'warning',
  sources: ['GLUE020'],
  docs: {
    what: 'The name of the script, `--job-language` and `--class` fit each other.',
    why: 'Glue runs the script as Python unless it is told that it is Scala, which then needs the object to begin with.',
    bad: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/Load.scala"}}',
    good: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/Load.scala"}, "DefaultArguments": {"--job-language": "scala", "--class": "Load"}}',
    aws: 'The run fails.',
  },
  check: (job, report) => {
    const { command, part } = job;
    if (!isSparkType(command.type)) return;
    const languageArgument = argumentOf(job, '--job-language');
    if (languageArgument !== undefined && languageArgument.text === undefined) return;
    const language = languageArgument?.text?.toLowerCase() ?? 'python';
    if (language !== 'python' && language !== 'scala') return;
    const { script } = command;
    const extension = /\.(py|scala)$/.exec(writtenText(script, part.source) ?? '')?.[1];
    if (script !== undefined && extension !== undefined && (extension === 'py') !== (language === 'python')) {
      report({
        at: script,
        message: `The job runs the script as ${language === 'python' ? 'Python' : 'Scala'}, and its name ends in .${extension}. ${languageArgument ? 'Change --job-language' : 'Add --job-language'}, or the name.`,
        fixes: languageFix(job, languageArgument, extension === 'py' ? 'python' : 'scala'),
      });
    }
    const classArgument = argumentOf(job, '--class');
    if (
      language === 'scala' &&
      classArgument === undefined &&
      languageArgument !== undefined &&
      !job.hasMoreArguments
    ) {
      report({
        at: languageArgument.nameNode,
        message: 'A Scala job names the object that it begins with: add --class.',
      });
    } else if (language === 'python' && extension !== 'scala' && classArgument !== undefined) {
      const isLeftover = classArgument.text === 'GlueApp';
      report({
        at: classArgument.nameNode,
        message: `--class means nothing for a Python job${isLeftover ? '; the console writes it into every job' : ''}.`,
        ...(isLeftover && { severity: 'info' as const }),
        fixes: [fix('Remove --class', { kind: 'removeProperty', key: classArgument.nameNode }, true)],
      });
    }
  },
};

function languageFix(job: Job, argument: Argument | undefined, language: string): Fix[] {
  if (argument !== undefined) return [replaceText(argument.value, language)];
  const list = job.argumentLists.find(({ field, node }) => field === 'DefaultArguments' && node.kind === 'object');
  if (list === undefined) return [];
  const name = '--job-language';
  return [fix(`Add ${name} ${language}`, { kind: 'addProperty', object: list.node, name, value: language })];
}
