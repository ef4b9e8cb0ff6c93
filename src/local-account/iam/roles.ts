import { join } from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import { isMembers } from '../http/input.ts';
import { Collection } from '../state/collection.ts';
import type { StateProblems } from '../state/stateProblems.ts';
import { accountId } from '../sts.ts';
import { trusts } from './trust.ts';

export interface RoleRecord {
  readonly name: string;
  readonly path: string;
  readonly createdMs: number;
  readonly description?: string;
  readonly maxSessionSeconds: number;
  /** The trust policy, as it was sent. */
  readonly trustPolicy: string;
}

/**
 * Roles. While nobody has made one, every role exists and every service may assume it: a definition from elsewhere runs
 * without any set-up. From the first on, what is not there or not trusted is refused, as AWS does it.
 */
export class Roles {
  private constructor(
    readonly records: Collection<RoleRecord>,
    readonly clock: Clock,
  ) {}

  static async open(stateFolder: string, problems: StateProblems, clock: Clock): Promise<Roles> {
    const folder = join(stateFolder, 'iam', 'roles');
    return new Roles(await Collection.open({ folder, check: isRoleRecord, problems }), clock);
  }

  /** Whether a service (`glue.amazonaws.com`) may assume a role, given by name or ARN. */
  isAssumable(role: string, service: string): boolean {
    if (this.records.size === 0) return true;
    const record = this.records.get(role.replace(/^.*\//, ''));
    if (!record || (role.startsWith('arn:') && role !== arnOf(record))) return false;
    return trusts(record.trustPolicy, service);
  }

  /** Throws NoSuchEntity. */
  get(name: string): RoleRecord {
    const record = this.records.get(name);
    if (record) return record;
    throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
  }
}

export function arnOf({ path, name }: Pick<RoleRecord, 'path' | 'name'>): string {
  return `arn:aws:iam::${accountId}:role${path}${name}`;
}

function isRoleRecord(value: unknown): value is RoleRecord {
  return (
    isMembers(value) &&
    ['name', 'path', 'trustPolicy'].every((name) => typeof value[name] === 'string') &&
    ['createdMs', 'maxSessionSeconds'].every((name) => typeof value[name] === 'number')
  );
}
