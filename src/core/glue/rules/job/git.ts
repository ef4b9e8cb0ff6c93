import { basename, dirname } from 'node:path/posix';
import { keyOf } from '../../../language/rules/rule.ts';
import { quote } from '../../../language/words.ts';
import { knownText } from '../../values.ts';
import type { FileRule, JobRule } from '../rule.ts';

export const gitFileName: FileRule = {
  id: 'glue/git-file-name',
  subject: 'file',
  severity: 'error',
  sources: ['GLUE042'],
  docs: {
    what: 'A file of the Git integration is called `<name of the job>.json`, in the folder that the job names.',
    why: 'Glue looks for it there when it reads the job from the repository.',
    bad: '{"name": "orders-etl", "command": {"name": "glueetl"}}',
    good: '{"name": "orders", "command": {"name": "glueetl"}}',
    aws: 'UpdateJobFromSourceControl does not find the job.',
  },
  check: ({ file, fileName }, report) => {
    const path = fileName.replaceAll('\\', '/');
    const [job] = file.jobs;
    if (job?.dialect !== 'git' || !/\.json$/i.test(path)) return;
    const name = job.part.get('Name');
    if (name === undefined || job.name === undefined) return;
    if (basename(path) !== `${job.name}.json`) {
      report({
        at: name,
        message: `Glue looks for this job in ${quote(`${job.name}.json`)}, and the file is ${quote(basename(path))}. One of the names is wrong.`,
      });
      return;
    }
    const details = job.part.part('SourceControlDetails', 'sourceControl');
    const folder = details?.get('Folder');
    const given = knownText(folder, job.part.source)?.replaceAll(/^\/+|\/+$/g, '');
    const actual = dirname(path);
    if (folder === undefined || !given || actual === '.' || actual === given || actual.endsWith(`/${given}`)) return;
    report({
      at: folder,
      message: `The job names the folder ${quote(given)}, and the file is in ${quote(basename(actual))}.`,
      severity: 'info',
    });
  },
};

export const gitNodesText: JobRule = {
  id: 'glue/git-nodes-text',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE042'],
  docs: {
    what: '`codeGenConfigurationNodes` of a file of the Git integration is JSON text.',
    why: 'Glue writes and reads the visual job as one string there.',
    bad: '{"name": "orders", "codeGenConfigurationNodes": {"node-1": {}}}',
    good: '{"name": "orders", "codeGenConfigurationNodes": "{\\"node-1\\": {}}"}',
    aws: 'UpdateJobFromSourceControl fails.',
  },
  check: ({ part, dialect }, report) => {
    const nodes = part.get('CodeGenConfigurationNodes');
    if (dialect !== 'git' || (nodes?.kind !== 'object' && nodes?.kind !== 'array')) return;
    report({ at: keyOf(nodes), message: 'codeGenConfigurationNodes holds JSON as text here, not an object.' });
  },
};
