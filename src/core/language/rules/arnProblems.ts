import { readArn, SAMPLE_ACCOUNT } from '../arn.ts';
import type { StringNode } from '../tree.ts';
import { anyOf } from '../words.ts';
import type { Problem } from './rule.ts';

type Part = 'partition' | 'region' | 'account';
const PARTS: readonly Part[] = ['partition', 'region', 'account'];
const KNOWN: Readonly<Record<Part, RegExp>> = {
  partition: /^aws(?:-[a-z]+)*$/,
  region: /^[a-z]{2,}(?:-[a-z]+)+-\d+$/,
  account: /^\d{12}$/,
};
const MOST_WORDS = 4;

export interface GivenText {
  readonly node: StringNode;
  /** Another role is assumed there: it may be of another account. */
  readonly isElsewhere?: boolean;
}

/** The first text for each part of an ARN in which that part is another than in those before. */
export function* mixedArnProblems(texts: Iterable<GivenText>): Generator<Problem> {
  const first = new Map<Part, { readonly value: string; readonly node: StringNode }>();
  const told = new Set<Part>();
  const seen = new Set<string>();
  for (const { node, isElsewhere } of texts) {
    // Whatever there is to say of a text is said where it stands first.
    if (seen.has(node.value)) continue;
    if (!isElsewhere) seen.add(node.value);
    const arn = readArn(node.value);
    if (arn === undefined) continue;
    for (const part of PARTS) {
      const value = arn[part];
      const before = first.get(part);
      if (before?.value === value || !KNOWN[part].test(value) || value === SAMPLE_ACCOUNT) continue;
      if (before === undefined) first.set(part, { value, node });
      if (before === undefined || told.has(part) || isElsewhere) continue;
      told.add(part);
      yield {
        at: node,
        message: `This ARN is of the ${part} ${value}, others of ${before.value}.`,
        related: [{ at: before.node, message: `Here it is ${before.value}.` }],
        ...(part === 'partition' && { severity: 'warning' as const }),
      };
    }
  }
}

/** What is to be replaced in texts, said once for all of them at the first. */
export function sampleProblem(
  samples: Iterable<{ readonly node: StringNode; readonly words: readonly string[] }>,
): Problem | undefined {
  const found = [...samples].filter(({ words }) => words.length > 0);
  const [first] = found;
  if (first === undefined) return undefined;
  const words = [...new Set(found.flatMap((sample) => sample.words))];
  const more = words.length > MOST_WORDS ? ' and others' : '';
  const shown = anyOf(words.slice(0, MOST_WORDS), 'and');
  return {
    at: first.node,
    message: `${shown}${more} ${words.length === 1 ? 'is a sample' : 'are samples'}: put your own in before this runs.`,
  };
}
