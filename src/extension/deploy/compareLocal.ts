import { createHash } from 'node:crypto';
import type { AslDefinition } from '../../core/asl/index.ts';
import type { ResourceInput } from '../../core/deploy/deployable.ts';
import { compareDefinition, describeDefinitionDrift } from '../../core/deploy/compareDefinition.ts';
import { compareJob, describeDrift } from '../../core/deploy/drift.ts';
import type { Seen } from './lookDeployed.ts';

/** A job as the workspace describes it. */
export interface LocalJob {
  readonly kind: 'job';
  readonly name: string;
  readonly input: ResourceInput;
  readonly scriptLocation?: string;
  /** Its script in the workspace, where there is one. */
  readonly script?: Uint8Array;
  /** What a list told of the deployed job: then it is not asked for again. */
  readonly reply?: Readonly<Record<string, unknown>>;
}

/** A state machine as the workspace describes it. */
export interface LocalMachine {
  readonly kind: 'machine';
  readonly name: string;
  readonly definition: Pick<AslDefinition, 'tree'>;
}

/** How what the workspace has differs from what was seen, in words; undefined where it does not. */
export function compareLocal(local: LocalJob | LocalMachine, seen: Seen, place: string): string | undefined {
  if (seen.kind === 'machine') {
    if (local.kind !== 'machine') return undefined;
    if (seen.definition === undefined) return `not in ${place}`;
    const drift = compareDefinition(local.definition, seen.definition);
    return drift && describeDefinitionDrift(drift, place);
  }
  if (local.kind !== 'job') return undefined;
  const { script } = local;
  const facts = script && {
    bytes: script.length,
    sha256: createHash('sha256').update(script).digest('base64'),
    md5: createHash('md5').update(script).digest('hex'),
  };
  return describeDrift(compareJob(local.input, seen.job, facts), place);
}
