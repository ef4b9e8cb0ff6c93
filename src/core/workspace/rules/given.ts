import { specialParameter } from '../../glue/facts/parameters.ts';
import { meantParameter } from '../../glue/rules/arguments/names.ts';
import { nearest } from '../../language/nearest.ts';
import type { GivenArgument, JobFacts, ScriptFacts, ScriptOption } from '../facts/facts.ts';

/** What `getResolvedOptions` does not insist on, or Glue gives by itself. */
const LIBRARY: ReadonlySet<string> = new Set([
  'JOB_NAME',
  'JOB_ID',
  'JOB_RUN_ID',
  'TempDir',
  'RedshiftTempDir',
  'WORKFLOW_NAME',
  'WORKFLOW_RUN_ID',
]);

/** What the script ends without where nobody gives it. */
export function requiredOptions({ options }: ScriptFacts): readonly ScriptOption[] {
  return options.filter(({ name, isConditional }) => !isConditional && !LIBRARY.has(name));
}

/** Whether Glue 6.0 or later runs the job, whose library completes no abbreviated names. */
export function isStrict({ glueVersion, isPythonShell }: JobFacts): boolean {
  return !isPythonShell && glueVersion !== undefined && /^(?:[6-9]|\d{2,})\./.test(glueVersion);
}

/** How an argument relates to what a script asks for. */
export type Match =
  | { readonly kind: 'option' | 'special' | 'stray' }
  | { readonly kind: 'abbreviation'; readonly option: ScriptOption }
  | { readonly kind: 'misspelt'; readonly option: ScriptOption; readonly isCaseOnly: boolean };

/** `given` are all names that the same list gives: an option among them is not what another one meant. */
export function matchArgument(
  { name, written }: GivenArgument,
  given: ReadonlySet<string>,
  script: ScriptFacts,
): Match {
  if (script.options.some((option) => option.name === name)) return { kind: 'option' };
  const special = written.startsWith('-') ? written : `--${name}`;
  if (specialParameter(special) !== undefined || meantParameter(special) !== undefined) return { kind: 'special' };
  const free = script.options.filter((option) => !given.has(option.name) && !LIBRARY.has(option.name));
  const longer = script.options.filter((option) => option.name.startsWith(name));
  const [only] = longer;
  if (only !== undefined && longer.length === 1 && free.includes(only)) return { kind: 'abbreviation', option: only };
  const same = free.find((option) => squeezed(option.name) === squeezed(name));
  if (same !== undefined) {
    return { kind: 'misspelt', option: same, isCaseOnly: same.name.toLowerCase() === name.toLowerCase() };
  }
  // A script that may ask for more may well ask for this very name.
  const candidates = free.filter((option) => !script.isOpen || !option.isConditional);
  const near = nearest(
    name,
    candidates.map((option) => option.name),
  );
  const meant =
    near !== undefined && isTypo(name, near) ? candidates.find((option) => option.name === near) : undefined;
  return meant === undefined ? { kind: 'stray' } : { kind: 'misspelt', option: meant, isCaseOnly: false };
}

function squeezed(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

/**
 * Whether two names differ by a slip: names that differ in a number, or in a whole word (dev and prod, in and out), mean
 * different things. A slip in a word shorter than `minLength` is taken for another word.
 */
export function isTypo(written: string, meant: string, minLength = 1): boolean {
  if (written.replaceAll(/\d+/g, '0') === meant.replaceAll(/\d+/g, '0')) return false;
  const [a, b] = [wordsOf(written), wordsOf(meant)];
  if (a.length !== b.length) return a.join('') === b.join('') || Math.abs(written.length - meant.length) === 1;
  return a.every((word, index) => {
    const other = b[index] ?? '';
    return word === other || (Math.min(word.length, other.length) >= minLength && nearest(word, [other]) === other);
  });
}

function wordsOf(name: string): readonly string[] {
  return name.toLowerCase().split(/[^a-z0-9]+/);
}
