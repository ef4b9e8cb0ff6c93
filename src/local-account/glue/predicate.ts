import type { Condition, Predicate } from './records.ts';

/** How a job's run, or a crawler's crawl, ended last; undefined where none has ended. */
export interface LastEnds {
  lastJobRun(jobName: string): { readonly state: string } | undefined;
  lastCrawl(crawlerName: string): { readonly state: string } | undefined;
}

/** Whether a predicate holds after what has ended so far. */
export function isPredicateMet(predicate: Predicate, ends: LastEnds): boolean {
  const isMet = ({ jobName, state, crawlerName, crawlState }: Condition): boolean => {
    if (jobName !== undefined) return ends.lastJobRun(jobName)?.state === state;
    return crawlerName !== undefined && ends.lastCrawl(crawlerName)?.state === crawlState;
  };
  if (predicate.conditions.length === 0) return false;
  return predicate.logical === 'ANY' ? predicate.conditions.some(isMet) : predicate.conditions.every(isMet);
}
