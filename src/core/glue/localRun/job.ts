export type LocalJobKind = 'spark' | 'streaming' | 'pythonShell' | 'ray';

/** What of a Glue job decides how its script runs on this machine. */
export interface LocalJob {
  readonly name: string;
  readonly kind: LocalJobKind;
  /** For instance `5.0`; absent where the job leaves it to the service, and for Python shell jobs. */
  readonly glueVersion?: string;
  /** What the run is started with, with dashes: defaults, over them the run's own, over them those that cannot be changed. */
  readonly arguments: Readonly<Record<string, string>>;
  readonly timeoutMinutes?: number;
}

/** Arguments as Glue merges them for a run. */
export function mergeArguments(
  defaults: Readonly<Record<string, string>>,
  ofRun: Readonly<Record<string, string>>,
  nonOverridable: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return { ...defaults, ...ofRun, ...nonOverridable };
}

/** Kind by the name of a job's command: `glueetl`, `gluestreaming`, `pythonshell`, `glueray`. */
export function localJobKind(commandName: string | undefined): LocalJobKind {
  switch (commandName) {
    case 'pythonshell':
      return 'pythonShell';
    case 'gluestreaming':
      return 'streaming';
    case 'glueray':
      return 'ray';
    default:
      return 'spark';
  }
}

/** Kind that a script looks like where no job says it: Spark where it imports pyspark or Glue's Spark library. */
export function guessJobKind(scriptText: string): LocalJobKind {
  return /^\s*(?:from|import)\s+(?:pyspark|awsglue\.(?:context|job|transforms|dynamicframe))\b/m.test(scriptText)
    ? 'spark'
    : 'pythonShell';
}

/**
 * Names that a script asks of `getResolvedOptions`, in its order: without one of them it ends at once. Only a list that
 * stands in the call itself is read.
 */
export function requiredArguments(scriptText: string): readonly string[] {
  const names = new Set<string>();
  for (const [, list = ''] of scriptText.matchAll(/getResolvedOptions\s*\(\s*[\w.]+\s*,\s*\[([^\]]*)\]/g)) {
    for (const [, , name = ''] of list.matchAll(/(["'])([\w-]+)\1/g)) names.add(name);
  }
  return [...names];
}
