import type { LocalJobKind } from '../glue/localRun/job.ts';

/** How a script was last run on this machine: one of the setting `sluice.localRuns`. */
export interface LocalRunEntry {
  /** From its workspace folder, with `/` between the parts. */
  readonly script: string;
  /** Tells several of one script apart. */
  readonly name?: string;
  /** Job of the workspace or of the connection that it runs as; without one, `kind` and `glueVersion` say what it is. */
  readonly job?: string;
  readonly kind?: 'spark' | 'pythonShell';
  readonly glueVersion?: string;
  /** With dashes: what differs from the job. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Variables of the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** False for a run that sees no account, whatever connection is active. */
  readonly aws: boolean;
}

/** Entries of a settings file; what is none is left out. Undefined where it is no list. */
export function parseLocalRunEntries(value: unknown): readonly LocalRunEntry[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown) => parseEntry(item) ?? []);
}

/** An entry as the settings file has it: what is as usual is left out. */
export function toSetting({ arguments: values, env, aws, ...rest }: LocalRunEntry): Readonly<Record<string, unknown>> {
  return {
    ...rest,
    ...(Object.keys(values).length > 0 ? { arguments: values } : {}),
    ...(Object.keys(env).length > 0 ? { env } : {}),
    ...(aws ? {} : { aws }),
  };
}

/** The list with `entry` in the place of the one of its script and name. */
export function withEntry(entries: readonly LocalRunEntry[], entry: LocalRunEntry): readonly LocalRunEntry[] {
  const isSame = (each: LocalRunEntry): boolean => each.script === entry.script && each.name === entry.name;
  return entries.some(isSame) ? entries.map((each) => (isSame(each) ? entry : each)) : [...entries, entry];
}

function parseEntry(item: unknown): LocalRunEntry | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const {
    script,
    name,
    job,
    kind,
    glueVersion,
    arguments: values,
    env,
    aws,
  } = item as Readonly<Record<string, unknown>>;
  if (typeof script !== 'string' || script === '') return undefined;
  return {
    script: script.replaceAll('\\', '/').replace(/^\.\//, ''),
    ...textMember('name', name),
    ...textMember('job', job),
    ...(isKind(kind) ? { kind } : {}),
    ...textMember('glueVersion', glueVersion),
    arguments: Object.fromEntries(
      Object.entries(texts(values)).map(([key, text]) => [key.startsWith('--') ? key : `--${key}`, text]),
    ),
    env: texts(env),
    aws: aws !== false,
  };
}

function textMember<K extends string>(key: K, value: unknown): Partial<Record<K, string>> {
  return typeof value === 'string' && value !== '' ? ({ [key]: value } as Partial<Record<K, string>>) : {};
}

function isKind(kind: unknown): kind is LocalJobKind & ('spark' | 'pythonShell') {
  return kind === 'spark' || kind === 'pythonShell';
}

function texts(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  const plain = Object.entries(value).filter(([, text]) => ['string', 'number', 'boolean'].includes(typeof text));
  return Object.fromEntries(plain.map(([key, text]) => [key, String(text)]));
}
