import { keyOf } from '../../../language/rules/rule.ts';
import { anyOf, didYouMean, quote } from '../../../language/words.ts';
import { nearest } from '../../../language/nearest.ts';
import { DIALECTS } from '../../dialect.ts';
import { JOB_TYPES } from '../../facts/commands.ts';
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
    if (job.use === 'run' || job.part.isOpen) return;
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
  if (command.typeNode === undefined && !DIALECTS[dialect].hasDefaults) {
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
