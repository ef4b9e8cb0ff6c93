import { silentLog } from '../../base/log.ts';
import type { HostFile } from '../../language/hosts/host.ts';
import type { RuleProblem } from '../../language/rules/rule.ts';
import { runRules } from '../../language/rules/run.ts';
import { HOST_RULES } from '../rules/hosts/index.ts';
import type { FoundDefinition } from './found.ts';
import type { HostedDefinition, HostedOptions } from './hostedDefinition.ts';

/** What a file says around its definitions. */
export interface HostContent {
  readonly host: HostFile;
  readonly found: readonly FoundDefinition[];
  readonly definitions: readonly HostedDefinition[];
}

/** Runs the rules about how a file and its definitions fit together. */
export function checkHost(content: HostContent, { log = silentLog, readFile }: HostedOptions): RuleProblem[] {
  return [...runRules(HOST_RULES, { ...content, readFile }, log)];
}
