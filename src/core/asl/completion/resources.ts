import { PARTITIONS } from '../../language/arn.ts';
import {
  optimizedAction,
  optimizedActionNames,
  optimizedServiceNames,
  type Suffix,
} from '../integrations/optimized.ts';

import { sdkActions, sdkServiceNames } from '../integrations/sdk.ts';
import { indexAt, spanOf, writeText, type At, type Completion } from './completion.ts';

/** More would only be scrolled past; typing on asks again. */
const MAX_FOUND = 100;

const SUFFIXES: Readonly<Record<Suffix, string>> = {
  '': 'goes on once the service has answered',
  '.sync': 'waits for the job to end',
  '.sync:2': 'waits for the job to end; its output as JSON',
  '.waitForTaskToken': 'waits for SendTaskSuccess or SendTaskFailure with its token',
};

/** What a Task, a reader or a writer can call: optimized integrations, AWS SDK services, and once one is named, its actions. */
export function resourceCompletions(at: At): readonly Completion[] {
  const { property, shape, state, node } = at.cursor;
  if (property?.key.value !== 'Resource') return [];
  const toCompletion = resourceWriter(at);
  if (shape === 'itemReader') {
    return [
      toCompletion('s3:getObject', 'reads one file: CSV, JSON, JSON lines, Parquet or a manifest'),
      toCompletion('s3:listObjectsV2', 'lists the objects of a bucket'),
    ];
  }
  if (shape === 'resultWriter') return [toCompletion('s3:putObject', 'writes the results to a bucket')];
  if (shape !== 'Task') return [];
  const typed = node.kind === 'string' ? node.value.slice(0, indexAt(node, at.offset)) : '';
  const service = /:states:::aws-sdk:([^:.]*):/.exec(typed)?.[1];
  if (service !== undefined) {
    return [...(sdkActions(service)?.keys() ?? [])].flatMap((action) => sdkAction(service, action, at));
  }
  const isExpress = state?.surroundings.workflowType === 'EXPRESS';
  const optimized = optimizedServiceNames().flatMap((name) =>
    optimizedActionNames(name).flatMap((action) =>
      (optimizedAction(name, action)?.suffixes ?? [])
        .filter((suffix) => !isExpress || suffix === '')
        .map((suffix) => toCompletion(`${name}:${action}${suffix}`, SUFFIXES[suffix])),
    ),
  );
  const services = sdkServiceNames().map((name): Completion => ({
    ...toCompletion(`aws-sdk:${name}:`, `any action of the service`),
    opensNext: true,
  }));
  return [...optimized, ...foundActions(typed, at), ...services];
}

/** AWS SDK actions by a part of their name, for those who do not know the service's name in ARNs. */
function foundActions(typed: string, at: At): readonly Completion[] {
  const word = (/[A-Za-z0-9]*$/.exec(typed)?.[0] ?? '').toLowerCase();
  if (word.length < 3 || typed.includes('aws-sdk')) return [];
  const found: Completion[] = [];
  for (const service of sdkServiceNames()) {
    for (const action of sdkActions(service)?.keys() ?? []) {
      if (!`${service}${action}`.toLowerCase().includes(word)) continue;
      found.push(...sdkAction(service, action, at));
      if (found.length >= MAX_FOUND) return found;
    }
  }
  return found;
}

function sdkAction(service: string, action: string, at: At): readonly Completion[] {
  const toCompletion = resourceWriter(at);
  const members = sdkActions(service)?.get(action)?.members ?? [];
  const required = members.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const detail = required.length === 0 ? 'AWS SDK' : `AWS SDK, needs ${required.join(', ')}`;
  return [toCompletion(`aws-sdk:${service}:${action}`, detail)];
}

function resourceWriter(at: At): (name: string, detail: string) => Completion {
  const prefix = `arn:${partitionOf(at)}:states:::`;
  const span = spanOf(at);
  return (name, detail) => ({
    label: name,
    kind: 'resource',
    detail,
    documentation: '',
    insert: writeText(`${prefix}${name}`, at),
    isSnippet: false,
    filter: `${prefix}${name}`,
    ...span,
  });
}

/** The partition that is typed already, or that of the machine's other tasks. */
function partitionOf({ machine, cursor: { node } }: At): string {
  const own = node.kind === 'string' ? node.value : '';
  for (const text of [own, ...machine.states.map((state) => textOf(state.node.get('Resource')))]) {
    const partition = text.split(':')[1] ?? '';
    if (PARTITIONS.includes(partition)) return partition;
  }
  return 'aws';
}

function textOf(node: { readonly kind: string; readonly value?: unknown } | undefined): string {
  return node?.kind === 'string' ? String(node.value) : '';
}
