import { anyOf } from '../../../language/words.ts';
import { specialParameter } from '../../facts/parameters.ts';
import { fix, type JobRule } from '../rule.ts';

/** Names that the library of Glue reads by itself. */
const LIBRARY_NAMES: readonly string[] = [
  'JOB_NAME',
  'JOB_ID',
  'JOB_RUN_ID',
  'TempDir',
  'WORKFLOW_NAME',
  'WORKFLOW_RUN_ID',
];

export const scriptArguments: JobRule = {
  id: 'glue/script-arguments',
  subject: 'job',
  severity: 'warning',
  sources: ['GLUE039'],
  docs: {
    what: 'The job gives every argument that its script asks `getResolvedOptions` for.',
    why: 'A missing one ends the script before its first line of work.',
    bad: '{"jobConfig": {"jobParameters": []}, "script": "getResolvedOptions(sys.argv, [\'sink_path\'])"}',
    good: '{"jobConfig": {"jobParameters": [{"key": "--sink_path", "value": "s3://b/"}]}, "script": "getResolvedOptions(sys.argv, [\'sink_path\'])"}',
    aws: 'The run fails: the following arguments are required.',
  },
  check: (job, report) => {
    const { script } = job;
    if (script === undefined || job.hasMoreArguments) return;
    const requested = requestedOptions(script.value);
    const given = new Set(job.arguments.map(({ name }) => name.replace(/^--/, '')));
    const missing = requested.filter((name) => !given.has(name) && !LIBRARY_NAMES.includes(name));
    if (missing.length > 0) {
      report({ at: script, message: `The script asks for ${anyOf(missing, 'and')}, which no job parameter gives.` });
    }
    // A script that reads its arguments in another way may use what the lists do not name.
    if (requested.length === 0) return;
    for (const { name, nameNode, list } of job.arguments) {
      const word = name.replace(/^--/, '');
      if (!name.startsWith('--') || specialParameter(name) !== undefined) continue;
      if (script.value.includes(word) || script.value.includes(word.replaceAll('-', '_'))) continue;
      report({
        at: nameNode,
        message: `The script never asks for ${name}.`,
        severity: 'info',
        fixes: list.node.kind === 'object' ? [fix(`Remove ${name}`, { kind: 'removeProperty', key: nameNode })] : [],
      });
    }
  },
};

/** The names that a script passes to `getResolvedOptions`, in a list or a variable that holds one; none that it computes. */
export function requestedOptions(script: string): readonly string[] {
  const names = new Set<string>();
  const code = script.replaceAll(/^\s*#.*$/gm, '');
  for (const [, argument = ''] of code.matchAll(
    /getResolvedOptions\s*\(\s*(?:sys\s*\.\s*)?argv\s*,\s*(\[[^\]]*\]|\([^)]*\)|\w+)/g,
  )) {
    for (const list of /^\w/.test(argument) ? listsOf(argument, code) : [argument]) {
      for (const [, name = ''] of list.matchAll(/["']([^"'\n]+)["']/g)) names.add(name);
    }
  }
  return [...names];
}

/** The lists that a variable is given. */
function listsOf(variable: string, code: string): readonly string[] {
  const assigned = new RegExp(`(?:^|[\\s;])${variable}\\s*(?::[^=\\n]*)?=\\s*(\\[[^\\]]*\\]|\\([^)]*\\))`, 'g');
  return [...code.matchAll(assigned)].map(([, list = '']) => list);
}
