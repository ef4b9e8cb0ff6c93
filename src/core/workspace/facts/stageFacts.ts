import { parseTree } from '../../language/edit.ts';
import type { Values } from '../../language/stages.ts';
import type { Node, ObjectNode } from '../../language/tree.ts';
import type { StageFacts, StageJob } from './facts.ts';
import type { Reading } from './reference.ts';
import { spanOf, spotIn } from './spot.ts';

/** Whether a file may give the jobs of several stages their parameters, at a glance. */
export function mayHoldStages({ path, text }: Reading): boolean {
  return (
    /\.ya?ml$/i.test(path) &&
    /^[ \t]+jobs[ \t]*:[ \t]*$/m.test(text) &&
    !text.includes('AWS::') &&
    !/^\s*runs-on:/m.test(text)
  );
}

/**
 * Stages of a file such as `default-config.yaml`, where `<stage>/jobs/<job>/<parameter>` is a value. Empty for what only
 * looks like it: one stage alone, or jobs that are no objects of plain values.
 */
export function stagesOf(reading: Reading): readonly StageFacts[] {
  if (!mayHoldStages(reading)) return [];
  const { root } = parseTree(reading.text, 'yaml');
  if (root.kind !== 'object') return [];
  const stages = root.properties.flatMap(({ key, value }): StageFacts[] => {
    const jobs = value.kind === 'object' ? value.get('jobs') : undefined;
    if (jobs?.kind !== 'object' || !jobs.properties.every((one) => isParameters(one.value))) return [];
    const found = jobs.properties.flatMap((one): StageJob[] =>
      one.value.kind === 'object'
        ? [
            {
              name: one.key.value,
              spot: spotIn(one.key, reading.text),
              parameters: parametersOf(one.value, reading.text),
            },
          ]
        : [],
    );
    const account = root.get(`${key.value}Account`) ?? root.get(`${key.value}_account`);
    const values = { ...flat(account), ...flat(value) };
    return [{ name: key.value, key: spanOf(key), jobs: found, values }];
  });
  return stages.length > 1 ? stages : [];
}

/** Plain values below a node by their path. */
function flat(node: Node | undefined, prefix = ''): Values {
  if (node?.kind !== 'object') return {};
  const entries = node.properties.flatMap(({ key, value }) => {
    const path = `${prefix}${key.value}`;
    if (value.kind === 'object') return Object.entries(flat(value, `${path}.`));
    const text = plainText(value);
    return text === undefined ? [] : [[path, text] as const];
  });
  return Object.fromEntries(entries);
}

function plainText(value: Node): string | undefined {
  return value.kind === 'string' || value.kind === 'number' || value.kind === 'boolean'
    ? String(value.value)
    : undefined;
}

function isParameters(node: Node): boolean {
  return (
    node.kind === 'object' && node.properties.every(({ value }) => value.kind !== 'object' && value.kind !== 'array')
  );
}

function parametersOf(job: ObjectNode, text: string): StageJob['parameters'] {
  return job.properties.map(({ key, value }) => ({
    name: key.value,
    spot: spotIn(key, text),
    value: plainText(value),
  }));
}
