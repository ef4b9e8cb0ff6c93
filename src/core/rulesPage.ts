import { aslRulesPage } from './asl/rulesPage.ts';
import { existenceRulesPage } from './existence/rulesPage.ts';
import { glueRulesPage } from './glue/rulesPage.ts';
import { workspaceRulesPage } from './workspace/rulesPage.ts';

/** The page `docs/rules.md`. */
export function rulesPage(): string {
  return [aslRulesPage(), glueRulesPage(), workspaceRulesPage(), existenceRulesPage()].join('\n');
}
