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
  /** Null where S3 has no script, undefined where that is not known. */
  readonly script?: SeenScript | null;
}

/** The object of a script, by what S3 tells of it. */
export interface SeenScript {
  readonly bytes: number;
  /** Base64, where it was sent with one. */
  readonly sha256?: string;
  /** Hexadecimal, where its ETag is one. */
  readonly md5?: string;
}

/** How a job of the workspace differs from the one that is deployed. */
export interface JobDrift {
  readonly isMissing: boolean;
  /** Fields that a deploy would change. */
  readonly fields: number;
  readonly isScriptChanged: boolean;
}

/** Compares by what was seen; `script` is the workspace's file, where there is one. */
export function compareJob(local: ResourceInput, seen: SeenJob, script: Required<SeenScript> | undefined): JobDrift {
  const isScriptChanged = script !== undefined && seen.script !== undefined && isOther(script, seen.script);
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

function isOther(local: Required<SeenScript>, seen: SeenScript | null): boolean {
  if (!seen || seen.bytes !== local.bytes) return true;
  if (seen.sha256 !== undefined) return seen.sha256 !== local.sha256;
  return seen.md5 !== undefined && seen.md5 !== local.md5;
}
