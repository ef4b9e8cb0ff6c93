import { textSpan } from '../../language/rules/rule.ts';
import { firstSyntaxIssues, syntaxIssues } from '../../language/treeQueries.ts';
import { resourcesOf } from '../model.ts';
import { isGlueConfigName } from '../recognize.ts';
import type { FileRule } from './rule.ts';

export const syntax: FileRule = {
  id: 'glue/syntax',
  subject: 'file',
  severity: 'error',
  sources: [],
  docs: {
    what: 'A Glue config is JSON or YAML that can be read.',
    why: 'Neither the CLI nor Sluice can send what they cannot read.',
    bad: '{"Name": "load" "Role": "GlueRole"}',
    good: '{"Name": "load", "Role": "GlueRole"}',
    aws: 'Error parsing parameter: invalid JSON.',
  },
  check: ({ tree, fileName, languageId }, report) => {
    // Editors tell what is wrong with JSON by themselves.
    if (/^jsonc?$/.test(languageId) || !isGlueConfigName(fileName)) return;
    for (const { offset, length, message } of firstSyntaxIssues(tree)) {
      report({ at: textSpan(offset, offset + length), message: message.replace('; AWS refuses the definition', '') });
    }
  },
};

export const unrecognized: FileRule = {
  id: 'glue/unrecognized',
  subject: 'file',
  severity: 'warning',
  sources: [],
  docs: {
    what: 'A file that is called `*.glue.json` or `*.glue.yaml` holds a Glue config.',
    why: 'Sluice deploys and checks what it finds there: a job (Role and Command), a trigger (Type and Actions), a workflow (Name), a run (JobName).',
    bad: '{"Job": "load"}',
    good: '{"Name": "load", "Role": "GlueRole", "Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}}',
    aws: 'Not sent.',
  },
  check: ({ tree, fileName, file }, report) => {
    const isEmpty = resourcesOf(file).length === 0;
    if (!isEmpty || !isGlueConfigName(fileName) || syntaxIssues(tree).length > 0) return;
    const { root } = tree;
    report({
      at: textSpan(root.start, Math.min(root.end, root.start + 1)),
      message:
        'This is neither a job (Role and Command), nor a trigger (Type and Actions), a workflow (Name) or a run (JobName and Arguments).',
    });
  },
};
