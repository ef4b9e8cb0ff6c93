import type { ResourceInput } from './deployable.ts';

/** What GetJob adds to a job, and CreateJob and UpdateJob refuse or ignore. */
const replyOnly = new Set(['CreatedOn', 'LastModifiedOn', 'ProfileName', 'AutoUpgradeMetadata', 'AllocatedCapacity']);

/** The members that a reader looks for first; the others follow by their names. */
const first = ['Name', 'Description', 'Role', 'Command', 'GlueVersion', 'WorkerType', 'NumberOfWorkers', 'MaxCapacity'];

/**
 * A job as CreateJob takes it, from what GetJob replies: without dates, capacities in old words and empty members, in the
 * same order for the same job. https://docs.aws.amazon.com/glue/latest/webapi/API_Job.html
 */
export function toJobInput(reply: Readonly<Record<string, unknown>>): ResourceInput {
  const { Name: name, ...members } = reply;
  const hasWorkers = isPresent(members['WorkerType']);
  const kept = Object.entries(members).filter(
    ([key, value]) => !replyOnly.has(key) && isPresent(value) && !(hasWorkers && key === 'MaxCapacity'),
  );
  const rank = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);
  const sorted = kept.toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return { Name: typeof name === 'string' ? name : '', ...Object.fromEntries(sorted) };
}

/** Whether a member says anything: Glue fills some of its replies with empty lists and maps. */
export function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value !== 'object' || value instanceof Date) return true;
  return Object.values(value).some(isPresent);
}
