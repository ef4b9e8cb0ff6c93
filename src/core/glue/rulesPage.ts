import { rulesChapter } from '../language/rules/page.ts';
import { GLUE_RULES } from './rules/index.ts';

/** The part of `docs/rules.md` about Glue configs: every rule with what it says, why, examples, and what AWS does. */
export function glueRulesPage(): string {
  return [
    '# Rules for Glue configs',
    '',
    'They hold for the input and the answers of the CLI in JSON and YAML (`*.glue.json`, `*.glue.yaml`, or told by content),',
    'for downloads of Glue Studio and files of the Git integration, for templates of CloudFormation and SAM, for Terraform,',
    'and for constructor calls of Pulumi and the CDK. Examples show the part of the input of create-job, create-trigger or',
    'create-workflow that matters; each host spells the fields its own way. A value that is filled in later (a variable, an',
    'intrinsic function, `${…}`, `<…>`) is taken as right.',
    '',
    ...rulesChapter(GLUE_RULES),
  ].join('\n');
}
