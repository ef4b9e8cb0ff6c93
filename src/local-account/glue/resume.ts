import { crawlerNode, jobNode } from './chain.ts';
import { nodeIdOf } from './workflowGraph.ts';
import type { TriggerAction, TriggerRecord } from './records.ts';

/** What a resumed workflow run starts, and what it takes over from the run before. */
export interface ResumePlan {
  /** Actions to start at once, each with the trigger that it belongs to. */
  readonly actions: readonly { readonly trigger: TriggerRecord; readonly action: TriggerAction }[];
  /** Ids of the nodes among those asked for that are started: those below another one come by themselves. */
  readonly nodeIds: readonly string[];
  /** Nodes whose results count as they are, by kind and name. */
  readonly inherited: readonly string[];
  /** Triggers that have done their part. */
  readonly fired: readonly string[];
}

/**
 * What resuming at some nodes of a workflow's graph means. `wanted` are ids of job and crawler nodes; undefined where one
 * of them is none of the graph. https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html
 */
export function planResume(triggers: readonly TriggerRecord[], wanted: readonly string[]): ResumePlan | undefined {
  const nodes = new Map<string, string>();
  for (const { actions } of triggers) {
    for (const action of actions) nodes.set(idOf(action), nodeOf(action));
  }
  if (!wanted.every((id) => nodes.has(id))) return undefined;
  const below = new Map(wanted.map((id) => [id, nodesBelow(triggers, nodes.get(id) ?? '')]));
  const nodeIds = wanted.filter(
    (id) => !wanted.some((other) => other !== id && below.get(other)?.has(nodes.get(id) ?? '') === true),
  );
  const isRun = new Set(nodeIds.flatMap((id) => [nodes.get(id) ?? '', ...(below.get(id) ?? [])]));
  const started = new Set(nodeIds);
  const actions = triggers.flatMap((trigger) =>
    trigger.actions.flatMap((action) => (started.delete(idOf(action)) ? [{ trigger, action }] : [])),
  );
  return {
    actions,
    nodeIds,
    inherited: [...nodes.values()].filter((node) => !isRun.has(node)),
    fired: triggers
      .filter(({ actions: own }) => own.some((action) => !isBelowOnly(action, isRun, nodeIds, nodes)))
      .map(({ name }) => name),
  };
}

/** A trigger fires anew when all that it starts is run again and none of that was asked for itself. */
function isBelowOnly(
  action: TriggerAction,
  isRun: ReadonlySet<string>,
  nodeIds: readonly string[],
  nodes: ReadonlyMap<string, string>,
): boolean {
  const node = nodeOf(action);
  return isRun.has(node) && !nodeIds.some((id) => nodes.get(id) === node);
}

function nodesBelow(triggers: readonly TriggerRecord[], node: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [node];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    for (const { predicate, actions } of triggers) {
      const follows = predicate?.conditions.some((condition) => nodeOf(condition) === current) === true;
      for (const next of follows ? actions.map(nodeOf) : []) {
        if (found.has(next)) continue;
        found.add(next);
        open.push(next);
      }
    }
  }
  return found;
}

function nodeOf({ jobName, crawlerName }: Pick<TriggerAction, 'jobName' | 'crawlerName'>): string {
  return jobName === undefined ? crawlerNode(crawlerName ?? '') : jobNode(jobName);
}

function idOf(action: TriggerAction): string {
  const { jobName, crawlerName } = action;
  return jobName === undefined ? nodeIdOf('CRAWLER', crawlerName ?? '') : nodeIdOf('JOB', jobName);
}
