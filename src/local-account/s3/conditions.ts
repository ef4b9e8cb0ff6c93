import { AwsError } from '../http/awsError.ts';

/** The conditional headers of a request, absent where not sent. */
export interface Conditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: string | undefined;
  readonly ifUnmodifiedSince?: string | undefined;
}

export interface ObjectVersion {
  /** Without quotes. */
  readonly eTag: string;
  readonly modifiedMs: number;
}

/** Throws PreconditionFailed (412) or NotModified (304) as RFC 9110 orders them for a read of an object that is there. */
export function checkRead(conditions: Conditions, version: ObjectVersion): void {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  const modified = Math.floor(version.modifiedMs / 1000) * 1000;
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, version.eTag)) throw failed('If-Match');
  } else if (ifUnmodifiedSince !== undefined && modified > Date.parse(ifUnmodifiedSince)) {
    throw failed('If-Unmodified-Since');
  }
  if (ifNoneMatch !== undefined) {
    if (matches(ifNoneMatch, version.eTag)) throw new AwsError('NotModified', 'Not Modified', 304);
  } else if (ifModifiedSince !== undefined && modified <= Date.parse(ifModifiedSince)) {
    throw new AwsError('NotModified', 'Not Modified', 304);
  }
}

/** Whether a write looks at what is there. */
export function isConditional({ ifMatch, ifNoneMatch }: Conditions): boolean {
  return ifMatch !== undefined || ifNoneMatch !== undefined;
}

/** The same for a write over `version`, undefined where the key has no object yet. */
export function checkWrite(conditions: Conditions, version: ObjectVersion | undefined): void {
  if (conditions.ifNoneMatch !== undefined && version && matches(conditions.ifNoneMatch, version.eTag)) {
    throw failed('If-None-Match');
  }
  if (conditions.ifMatch === undefined) return;
  if (!version) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  if (!matches(conditions.ifMatch, version.eTag)) throw failed('If-Match');
}

function matches(header: string, eTag: string): boolean {
  return header.split(',').some((candidate) => {
    const value = candidate.trim().replace(/^W\//, '').replaceAll('"', '');
    return value === '*' || value === eTag;
  });
}

function failed(condition: string): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: condition,
  });
}
