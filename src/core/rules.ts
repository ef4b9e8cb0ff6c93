import { ASL_RULES, codeToRule as aslCodeToRule } from './asl/index.ts';
import { GLUE_RULES, glueCodeToRule } from './glue/index.ts';
import type { RuleInfo } from './language/rules/rule.ts';

/** Every rule, about definitions and about Glue configs. */
export const RULES: readonly RuleInfo[] = [...ASL_RULES, ...GLUE_RULES];

/** Our codes to the ids of the rule catalogues. */
export const codeToRule: Readonly<Record<string, readonly string[]>> = { ...aslCodeToRule, ...glueCodeToRule };
