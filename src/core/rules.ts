import { ASL_RULES, codeToRule as aslCodeToRule } from './asl/index.ts';
import { EXISTENCE_RULES } from './existence/rules.ts';
import { GLUE_RULES, glueCodeToRule } from './glue/index.ts';
import type { RuleInfo } from './language/rules/rule.ts';
import { WORKSPACE_RULES } from './workspace/rules/index.ts';

/** Every rule: about definitions, about Glue configs, between the files of a workspace, and against an account. */
export const RULES: readonly RuleInfo[] = [...ASL_RULES, ...GLUE_RULES, ...WORKSPACE_RULES, ...EXISTENCE_RULES];

/** Our codes to the ids of the rule catalogues. */
export const codeToRule: Readonly<Record<string, readonly string[]>> = { ...aslCodeToRule, ...glueCodeToRule };
