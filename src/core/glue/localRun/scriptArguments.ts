import { argumentUse } from './serviceArguments.ts';

/**
 * What the script finds in its argv, in the form that `getResolvedOptions` reads: `--JOB_NAME` first, then `--key value`;
 * joined by `=` where the value begins with a dash, which would be taken for the next name.
 */
export function scriptArguments(jobName: string, values: Readonly<Record<string, string>>): readonly string[] {
  const given = Object.entries(values)
    .filter(([key]) => argumentUse(key).kind === 'script')
    .flatMap(([key, value]) => pair(key, value));
  return [...pair('--JOB_NAME', jobName), ...given];
}

/** The same for a Python shell job, which gets every argument and no name. */
export function shellArguments(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([key, value]) => pair(key, value));
}

function pair(key: string, value: string): readonly string[] {
  return value.startsWith('-') ? [`${key}=${value}`] : [key, value];
}

/** `a=1 --conf b=2` as `['a=1', 'b=2']`: one argument of a job carries many settings. */
export function splitConfs(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(/(?:^|\s)--conf\s+/)
    .map((conf) => conf.trim())
    .filter((conf) => conf !== '');
}

/** A list with commas between its parts. */
export function splitList(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * `CUSTOMER_A=1,CUSTOMER_B="x,y"` as pairs. Glue takes no other names than those with CUSTOMER_ at their head; `ignored`
 * has the rest.
 */
export function splitEnvironment(value: string | undefined): {
  readonly variables: Readonly<Record<string, string>>;
  readonly ignored: readonly string[];
} {
  const variables: Record<string, string> = {};
  const ignored: string[] = [];
  for (const [, key = '', quoted, plain = ''] of (value ?? '').matchAll(
    /\s*([^=,\s]+)=(?:"((?:[^"\\]|\\.)*)"|([^,]*))\s*(?:,|$)/g,
  )) {
    if (!key.startsWith('CUSTOMER_')) ignored.push(key);
    else variables[key] = quoted === undefined ? plain.trim() : quoted.replace(/\\(.)/g, '$1');
  }
  return { variables, ignored };
}
