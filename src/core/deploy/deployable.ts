/** A create call's members, in the API's own names. */
export type ResourceInput = Readonly<Record<string, unknown>> & { readonly Name: string };

interface Source {
  /** Unique over all kinds, and the same from one deploy to the next. */
  readonly id: string;
  /** Equal texts and bytes give equal checksums. */
  readonly checksum: string;
  /** Path that a failure names. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

export interface ObjectSource extends Source {
  readonly kind: 'object';
  /** `s3://bucket/key`. */
  readonly location: string;
  readonly read: () => Promise<Uint8Array>;
}

export interface GlueSource extends Source {
  readonly kind: 'job' | 'workflow' | 'trigger';
  readonly name: string;
  readonly input: ResourceInput;
}

export interface MachineSource extends Source {
  readonly kind: 'machine';
  readonly name: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
}

/** Something that a deploy creates or brings up to date. */
export type Deployable = ObjectSource | GlueSource | MachineSource;

export function deployableId(kind: Deployable['kind'], name: string): string {
  return `${kind}:${name}`;
}

export function deployableName(item: Deployable): string {
  return item.kind === 'object' ? item.location : item.name;
}
