import { keyOf } from '../../../language/rules/rule.ts';
import { anyOf, didYouMean, quote } from '../../../language/words.ts';
import { nearest } from '../../../language/nearest.ts';
import { JOB_TYPES } from '../../facts/commands.ts';
import { fieldsOf } from '../../fields/shapes.ts';
import type { Job } from '../../model.ts';
import { replaceText, type JobRule } from '../rule.ts';

const JOB = '{"Name": "load", "Role": "GlueRole", "Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}}';

export const requiredField: JobRule = {
  id: 'glue/required-field',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE001'],
  docs: {
    what: 'A job has a `Role` and a `Command` with `Name` and `ScriptLocation`.',
    why: 'Glue creates no job without them.',
    bad: '{"Name": "load", "Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}}',
    good: JOB,
    aws: 'CreateJob is refused: a required parameter is missing.',
  },
  check: (job, report) => {
    if (job.use === 'run' || job.dialect === 'program' || job.part.isOpen) return;
    for (const { missing, at, spelling } of missingFields(job)) {
      report({ at, message: `${missing} lacks ${spelling}, which Glue needs.` });
    }
  },
};

function* missingFields({ part, command, anchor, dialect }: Job) {
  if (!part.has('Role')) yield { missing: 'This job', at: anchor, spelling: part.spell('Role') };
  if (dialect === 'studio') return;
  const node = part.get('Command');
  if (node === undefined) yield { missing: 'This job', at: anchor, spelling: part.spell('Command') };
  if (command.part === undefined || command.part.isOpen) return;
  const at = keyOf(command.part.node);
  if (command.typeNode === undefined && dialect !== 'terraform') {
    yield { missing: 'Its command', at, spelling: command.part.spell('Name') };
  }
  if (command.script === undefined)
    yield { missing: 'Its command', at, spelling: command.part.spell('ScriptLocation') };
}

export const commandName: JobRule = {
  id: 'glue/command-name',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE002'],
  docs: {
    what: '`Command.Name` is `glueetl`, `gluestreaming`, `pythonshell` or `glueray`.',
    why: 'It decides what runs the script; Glue knows no other.',
    bad: '{"Command": {"Name": "spark", "ScriptLocation": "s3://b/load.py"}}',
    good: '{"Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}}',
    aws: 'InvalidInputException when the job is created.',
  },
  check: ({ command: { typeText, typeNode, type } }, report) => {
    if (typeText === undefined || typeNode === undefined || type !== undefined) return;
    const names = Object.keys(JOB_TYPES);
    const meant = nearest(typeText, names) ?? (/spark|etl/i.test(typeText) ? 'glueetl' : undefined);
    report({
      at: typeNode,
      message: `Glue has no job type ${quote(typeText)}: it is ${anyOf(names)}.${didYouMean(meant)}`,
      fixes: (meant === undefined ? names : [meant]).map((name) => replaceText(typeNode, name)),
    });
  },
};

/** What the API answers with and takes in other calls, so that it is no misspelling. */
const OTHER_FIELDS: ReadonlySet<string> = new Set([
  'Id',
  'State',
  'CreatedOn',
  'LastModifiedOn',
  'ProfileName',
  'AutoUpgradeMetadata',
  'SessionId',
]);

export const misspeltField: JobRule = {
  id: 'glue/misspelt-field',
  subject: 'job',
  severity: 'error',
  sources: [],
  docs: {
    what: 'The names of fields are those of the API.',
    why: 'A misspelt field is refused by the CLI, and in a template it is missing where it was meant.',
    bad: '{"Name": "load", "GlueVerison": "5.1"}',
    good: '{"Name": "load", "GlueVersion": "5.1"}',
    aws: 'Unknown parameter in input.',
  },
  check: ({ part, command, dialect }, report) => {
    if (dialect !== 'api' && dialect !== 'cloudformation') return;
    for (const object of [part, ...(command.part ? [command.part] : [])]) {
      const fields = fieldsOf(object.shape, dialect);
      const free = [...fields.keys()].filter((name) => !object.node.has(name));
      for (const { key } of object.node.properties) {
        if (fields.has(key.value) || OTHER_FIELDS.has(key.value)) continue;
        const meant = nearest(key.value, free);
        if (meant === undefined) continue;
        report({
          at: key,
          message: `There is no field ${quote(key.value)}.${didYouMean(meant)}`,
          fixes: [
            { title: `Rename to ${meant}`, isSafe: true, edits: [{ kind: 'renameKey', node: key, name: meant }] },
          ],
        });
      }
    }
  },
};
