/** Where an argument of a job run comes from. A `locked` one is set by the job for every run. */
export type ArgumentOrigin = 'locked' | 'default' | 'edited' | 'added';

export interface JobArgument {
  /** With its dashes. */
  readonly key: string;
  readonly value: string;
  readonly origin: ArgumentOrigin;
  /** What the job gives where the run says nothing. */
  readonly defaultValue?: string;
}

interface JobDefaults {
  readonly defaultArguments: Readonly<Record<string, string>>;
  readonly nonOverridableArguments: Readonly<Record<string, string>>;
}

/**
 * The arguments of a job run that is about to start: the job's own with what the run says otherwise. Glue adds every
 * default that a run does not mention, so a default can be edited and not left out.
 * https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
 */
export class JobArguments {
  private constructor(
    private readonly job: JobDefaults,
    private readonly overrides: ReadonlyMap<string, string>,
    private readonly toKey: (key: string) => string,
  ) {}

  /** `last` are the arguments that an earlier run was started with. */
  static of(job: JobDefaults, last: Readonly<Record<string, string>> = {}): JobArguments {
    return new JobArguments(job, new Map(), toArgumentKey).#withAll(last);
  }

  /** The same for the run properties of a workflow, whose keys have no dashes and of which none is locked. */
  static ofProperties(
    defaults: Readonly<Record<string, string>>,
    last: Readonly<Record<string, string>> = {},
  ): JobArguments {
    const workflow = { defaultArguments: defaults, nonOverridableArguments: {} };
    return new JobArguments(workflow, new Map(), (key) => key.trim()).#withAll(last);
  }

  /** Locked ones last, the others by key. */
  get all(): readonly JobArgument[] {
    const { defaultArguments, nonOverridableArguments } = this.job;
    const keys = new Set([...Object.keys(defaultArguments), ...this.overrides.keys()]);
    const free = [...keys].filter((key) => !(key in nonOverridableArguments)).sort();
    return [
      ...free.map((key) => this.#argument(key)),
      ...Object.keys(nonOverridableArguments)
        .sort()
        .map((key): JobArgument => ({ key, value: nonOverridableArguments[key] ?? '', origin: 'locked' })),
    ];
  }

  /** Unchanged where the key is locked. The dashes of the key may be left out. */
  with(key: string, value: string): JobArguments {
    const full = this.toKey(key);
    if (full in this.job.nonOverridableArguments) return this;
    const overrides = new Map(this.overrides);
    if (this.job.defaultArguments[full] === value) overrides.delete(full);
    else overrides.set(full, value);
    return new JobArguments(this.job, overrides, this.toKey);
  }

  /** Takes an added argument away, and gives an edited one its default back. */
  without(key: string): JobArguments {
    const overrides = new Map(this.overrides);
    overrides.delete(key);
    return new JobArguments(this.job, overrides, this.toKey);
  }

  /** What the call carries: only what differs from the job. */
  toArguments(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.overrides);
  }

  /** Why a key cannot be added, or undefined. */
  problemOfKey(key: string): string | undefined {
    const full = this.toKey(key);
    if (full === '' || full === '--') return `Type a name, for instance ${this.toKey('date')}.`;
    if (/\s/.test(full)) return 'A name has no spaces.';
    if (full in this.job.nonOverridableArguments) return `${full} is set by the job and cannot be changed for a run.`;
    return undefined;
  }

  #withAll(entries: Readonly<Record<string, string>>): JobArguments {
    return Object.entries(entries).reduce<JobArguments>((all, [key, value]) => all.with(key, value), this);
  }

  #argument(key: string): JobArgument {
    const defaultValue = this.job.defaultArguments[key];
    const value = this.overrides.get(key);
    if (defaultValue === undefined) return { key, value: value ?? '', origin: 'added' };
    return value === undefined
      ? { key, value: defaultValue, origin: 'default', defaultValue }
      : { key, value, origin: 'edited', defaultValue };
  }
}

export function toArgumentKey(key: string): string {
  return `--${key.trim().replace(/^-+/, '')}`;
}
