import type { JobType } from './commands.ts';

/** What the value of a special parameter may be. */
export type ParameterValue =
  /** `true` or `false`. */
  | { readonly kind: 'switch' }
  /** Its presence is enough: even `false` turns it on. */
  | { readonly kind: 'flag' }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** One location in S3, or a list with commas; `file` names objects, `folder` may end in a slash. */
  | { readonly kind: 's3'; readonly isList: boolean; readonly of: 'file' | 'folder' | 'any' }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'text' };

/**
 * A parameter that Glue itself reads from a job's arguments.
 * https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
 */
export interface SpecialParameter {
  readonly name: string;
  readonly value: ParameterValue;
  readonly jobTypes: readonly JobType[];
  /** The first and the last Glue version that reads it. */
  readonly from?: string;
  readonly until?: string;
  /** Glue sets it by itself: a job must not. */
  readonly isReserved?: true;
  /** The console writes it into jobs of every type, also where it does nothing. */
  readonly isWrittenByConsole?: true;
  readonly default?: string;
  readonly doc: string;
}

export const SPARK: readonly JobType[] = ['glueetl', 'gluestreaming'];
export const BATCH: readonly JobType[] = ['glueetl'];
export const STREAMING: readonly JobType[] = ['gluestreaming'];
export const SHELL: readonly JobType[] = ['pythonshell'];
export const RAY: readonly JobType[] = ['glueray'];
export const ALL: readonly JobType[] = ['glueetl', 'gluestreaming', 'pythonshell', 'glueray'];

const onOff: ParameterValue = { kind: 'switch' };
const free: ParameterValue = { kind: 'text' };

/** Everything else about a parameter. */
export type More = Partial<SpecialParameter>;

export function toggle(name: string, jobTypes: readonly JobType[], doc: string, more: More = {}): SpecialParameter {
  return { name, value: onOff, jobTypes, doc, ...more };
}

export function text(name: string, jobTypes: readonly JobType[], doc: string, more: More = {}): SpecialParameter {
  return { name, value: free, jobTypes, doc, ...more };
}

export function s3Files(name: string, jobTypes: readonly JobType[], doc: string, more: More = {}): SpecialParameter {
  return { name, value: { kind: 's3', isList: true, of: 'file' }, jobTypes, doc, ...more };
}
