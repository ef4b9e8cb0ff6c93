import { quote } from '../../../language/words.ts';
import { JOB_TYPES, type JobType } from '../../facts/commands.ts';
import type { Job } from '../../model.ts';
import { knownText } from '../../values.ts';
import { replaceText, type JobRule } from '../rule.ts';

const VALID: readonly string[] = ['2', '3', '3.9'];
/** What templates make of a number: `3.0` is taken as text where text is due. */
const isValid = (text: string): boolean => VALID.includes(text);

function pythonText(job: Job): string | undefined {
  return knownText(job.command.pythonVersion, job.part.source);
}

function pythonOf(type: JobType | undefined): string {
  return type === undefined ? '3' : JOB_TYPES[type].pythonVersion;
}

export const pythonVersion: JobRule = {
  id: 'glue/python-version',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE003'],
  docs: {
    what: '`PythonVersion` is `3` for Spark jobs and `3.9` for Python shell jobs.',
    why: 'Which Python 3 a Spark job gets follows from its Glue version. The API takes no 3.10 or 3.11 here.',
    bad: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py", "PythonVersion": "3.11"}}',
    good: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py", "PythonVersion": "3"}}',
    aws: 'CreateJob is refused: the value does not match `([2-3]|3[.]9)`.',
  },
  check: (job, report) => {
    const { pythonVersion: node, type } = job.command;
    const text = pythonText(job);
    if (node === undefined || text === undefined || isValid(text)) return;
    const right = pythonOf(type);
    const because =
      type === 'pythonshell'
        ? 'Python shell jobs run Python 3.9: write "3.9".'
        : `Glue takes "3" and its version decides which Python 3 that is: write "${right}".`;
    report({
      at: node,
      message: `${quote(text)} is no PythonVersion. ${because}`,
      fixes: [replaceText(node, right, true)],
    });
  },
};

export const pythonVersionFit: JobRule = {
  id: 'glue/python-version-fit',
  subject: 'job',
  severity: 'warning',
  sources: ['GLUE004'],
  docs: {
    what: '`PythonVersion` fits the type of the job, and is not 2.',
    why: 'Python 2 ended with Glue 1.0. Spark jobs say 3, and Python shell jobs 3.9, which is the only one they have.',
    bad: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py", "PythonVersion": "2"}}',
    good: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py", "PythonVersion": "3"}}',
    aws: 'A job of Python 2 can be neither created nor run.',
  },
  check: (job, report) => {
    const { pythonVersion: node, type } = job.command;
    const text = pythonText(job);
    if (node === undefined || text === undefined || type === undefined) return;
    const fixes = [replaceText(node, pythonOf(type), true)];
    if (text === '2') {
      const message = 'Python 2 has ended in Glue: jobs of it can be neither created nor run.';
      report({
        at: node,
        message: `${message} Write "${pythonOf(type)}" and port the script.`,
        severity: 'error',
        fixes,
      });
    } else if (text === '3.9' && (type === 'glueetl' || type === 'gluestreaming')) {
      report({
        at: node,
        message: 'A Spark job gets its Python from GlueVersion: write "3". 3.9 is for Python shell.',
        fixes,
      });
    } else if (text === '3' && type === 'pythonshell') {
      report({
        at: node,
        message: 'A Python shell job runs Python 3.9 for "3" too: write "3.9".',
        severity: 'info',
        fixes,
      });
    }
  },
};

export const rayClosed: JobRule = {
  id: 'glue/ray-closed',
  subject: 'job',
  severity: 'info',
  sources: ['GLUE040'],
  docs: {
    what: 'Ray jobs are closed to new customers.',
    why: 'An account that has none yet cannot create one.',
    bad: '{"Command": {"Name": "glueray", "ScriptLocation": "s3://b/load.py", "Runtime": "Ray2.4"}}',
    good: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}}',
    aws: 'Accounts without Ray jobs are refused.',
  },
  check: ({ command: { type, typeNode } }, report) => {
    if (type !== 'glueray' || typeNode === undefined) return;
    report({ at: typeNode, message: 'AWS has closed Ray jobs to new customers; accounts that have some keep them.' });
  },
};
