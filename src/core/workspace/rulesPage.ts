import { rulesChapter } from '../language/rules/page.ts';
import { WORKSPACE_RULES } from './rules/index.ts';

/** The part of `docs/rules.md` about what the files of a workspace have to do with one another. */
export function workspaceRulesPage(): string {
  return [
    '# Rules between files',
    '',
    'They hold between the files of a folder: a script and what it asks `getResolvedOptions` for, the jobs whose',
    '`ScriptLocation` ends in its name, in any of the forms above, and whoever starts them: tasks of state machines, actions of',
    'triggers, inputs of start-job-run, calls of boto3, Airflow and the CDK. `sluice check` looks at all files of the folders',
    'that it is given. What may exist in the account alone is never called missing.',
    '',
    ...rulesChapter(WORKSPACE_RULES),
  ].join('\n');
}
