import { aslRulesPage } from './asl/rulesPage.ts';
import { glueRulesPage } from './glue/rulesPage.ts';

/** The page `docs/rules.md`. */
export function rulesPage(): string {
  return [aslRulesPage(), glueRulesPage()].join('\n');
}
