import type { ObjectNode } from '../../language/tree.ts';
import { describeSeconds } from './markdown.ts';

/** What a retrier does, in words: `At most 3 retries, after 1 s, 2 s and 4 s: 7 s of waiting in all.` */
export function describeRetrier(retrier: ObjectNode): string | undefined {
  const attempts = numberOf(retrier, 'MaxAttempts', 3);
  const interval = numberOf(retrier, 'IntervalSeconds', 1);
  const rate = numberOf(retrier, 'BackoffRate', 2);
  const longest = numberOf(retrier, 'MaxDelaySeconds', Infinity);
  if (attempts === undefined || interval === undefined || rate === undefined || longest === undefined) return undefined;
  if (attempts === 0) return 'Never retried.';
  const waits: number[] = [];
  let total = 0;
  for (let attempt = 0; attempt < Math.min(attempts, 1000); attempt++) {
    const wait = Math.min(interval * rate ** attempt, longest);
    if (waits.length < 5) waits.push(wait);
    total += wait;
  }
  const shown = waits.map(describeSeconds);
  const list = attempts > waits.length ? `${shown.join(', ')}, …` : joined(shown);
  const retries = attempts === 1 ? 'One retry' : `At most ${attempts} retries`;
  const jitter = retrier.get('JitterStrategy');
  const upTo = jitter?.kind === 'string' && jitter.value === 'FULL' ? 'up to ' : '';
  const sum = attempts === 1 || attempts > 1000 ? '' : `: ${upTo}${describeSeconds(total)} of waiting in all`;
  return `${retries}, after ${upTo}${list}${sum}.`;
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** The number of a field, its default where it is missing, undefined where it is something else. */
function numberOf(node: ObjectNode, name: string, fallback: number): number | undefined {
  const value = node.get(name);
  if (value === undefined) return fallback;
  return value.kind === 'number' && value.value >= 0 ? value.value : undefined;
}
