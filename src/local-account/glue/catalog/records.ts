import { isMembers, type Members } from '../../http/input.ts';

export interface DatabaseRecord {
  readonly name: string;
  /** Members of the API's DatabaseInput. */
  readonly definition: Members;
  readonly createdMs: number;
}

export interface TableRecord {
  readonly database: string;
  readonly name: string;
  /** Members of the API's TableInput. */
  readonly definition: Members;
  readonly createdMs: number;
  readonly updatedMs: number;
}

export interface PartitionRecord {
  readonly values: readonly string[];
  /** Members of the API's PartitionInput beside the values. */
  readonly definition: Members;
  readonly createdMs: number;
}

/** The partitions of one table, in the order of their values. */
export interface PartitionList {
  readonly partitions: readonly PartitionRecord[];
}

export function isDatabaseRecord(value: unknown): value is DatabaseRecord {
  return isMembers(value) && typeof value['name'] === 'string' && isMembers(value['definition']);
}

export function isTableRecord(value: unknown): value is TableRecord {
  return (
    isMembers(value) &&
    typeof value['database'] === 'string' &&
    typeof value['name'] === 'string' &&
    isMembers(value['definition'])
  );
}

export function isPartitionList(value: unknown): value is PartitionList {
  return (
    isMembers(value) &&
    Array.isArray(value['partitions']) &&
    value['partitions'].every((each) => isMembers(each) && Array.isArray(each['values']))
  );
}
