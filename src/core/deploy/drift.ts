import type { ResourceInput } from './deployable.ts';
import { toJobInput } from './jobInput.ts';
import { isEffective, mergeInput } from './mergeInput.ts';

type Members = Readonly<Record<string, unknown>>;

/** A job as it was last seen in an account. */
export interface SeenJob {
  /** What GetJob replied; undefined where there is no such job. */
  readonly reply: Members | undefined;
  /** The members that were last applied from here, where that is known. */
  readonly last: Members | undefined;
  /** SHA-256 of the script, in base64, where S3 has it. */
  readonly scriptSha256?: string;
}

/** How a job of the workspace differs from the one that is deployed. */
export interface JobDrift {
  readonly isMissing: boolean;
  /** Fields that a deploy would change. */
  readonly fields: number;
  readonly isScriptChanged: boolean;
}

/** Compares by what was seen; `scriptSha256` is of the workspace's file, and undefined where there is none. */
export function compareJob(local: ResourceInput, seen: SeenJob, scriptSha256: string | undefined): JobDrift {
  const isScriptChanged =
    scriptSha256 !== undefined && seen.scriptSha256 !== undefined && scriptSha256 !== seen.scriptSha256;
  if (!seen.reply) return { isMissing: true, fields: 0, isScriptChanged };
  const { changes } = mergeInput(local, toJobInput(seen.reply), seen.last);
  return { isMissing: false, fields: changes.filter(isEffective).length, isScriptChanged };
}

/** `differs in 2 changes and script from dev`, the word that counts first; undefined where nothing differs. */
export function describeDrift({ isMissing, fields, isScriptChanged }: JobDrift, place: string): string | undefined {
  if (isMissing) return `not in ${place}`;
  const parts = [
    ...(fields > 0 ? [`${fields} ${fields === 1 ? 'change' : 'changes'}`] : []),
    ...(isScriptChanged ? ['script'] : []),
  ];
  return parts.length === 0 ? undefined : `differs in ${parts.join(' and ')} from ${place}`;
}
