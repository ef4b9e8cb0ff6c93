import { rulesChapter } from '../language/rules/page.ts';
import { EXISTENCE_RULES } from './rules.ts';

/** The part of `docs/rules.md` about what an account has. */
export function existenceRulesPage(): string {
  return [
    '# Rules against an account',
    '',
    'They compare what a file names with an inventory of an account: in the editor that of the active connection, as far as',
    '`sluice.checkResources` lets it be listed, on the command line the file of `sluice check --inventory`. A kind that may not',
    'be listed is silent, and so is a name that is filled in later.',
    '',
    ...rulesChapter(EXISTENCE_RULES),
  ].join('\n');
}
