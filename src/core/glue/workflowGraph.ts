import type { Node } from '../language/tree.ts';
import type { GlueFile, Trigger, Workflow } from './model.ts';
import type { Part } from './part.ts';
import { referenceOf, referencesTo, type Reference } from './references.ts';

/** A job or crawler that a trigger starts or watches. */
export interface Step {
  readonly kind: 'job' | 'crawler';
  /** The same for everything that means the same job. */
  readonly id: string;
  /** The value that names it. */
  readonly node: Node;
}

/** A trigger with what it starts and what it waits for; steps that cannot be told are left out and counted. */
export interface TriggerLinks {
  readonly trigger: Trigger;
  readonly starts: readonly Step[];
  readonly watches: readonly Step[];
  /** Whether an action or a condition names something that is not known from the text. */
  readonly hasUnknown: boolean;
}

export interface WorkflowGraph {
  readonly workflow: Workflow;
  readonly triggers: readonly TriggerLinks[];
}

/** The workflows that a document describes itself, each with the triggers of the document that belong to it. */
export function workflowGraphs(file: GlueFile): readonly WorkflowGraph[] {
  const ids = stepIds(file);
  return file.workflows.map((workflow) => {
    const own = new Set(referencesTo(workflow));
    const triggers = file.triggers.filter((trigger) => {
      const reference = referenceOf(trigger.part.get('WorkflowName'), trigger.part.source);
      return reference !== undefined && own.has(reference);
    });
    return { workflow, triggers: triggers.map((trigger) => linksOf(trigger, ids)) };
  });
}

/** The first of a job's references, for each of them. */
export function stepIds({ jobs }: GlueFile): ReadonlyMap<Reference, Reference> {
  const ids = new Map<Reference, Reference>();
  for (const job of jobs) {
    const references = referencesTo(job);
    for (const reference of references) ids.set(reference, references[0] ?? reference);
  }
  return ids;
}

export function linksOf(trigger: Trigger, ids: ReadonlyMap<Reference, Reference> = new Map()): TriggerLinks {
  const unknown: Part[] = [];
  const stepOf = (part: Part): Step[] => {
    const field = part.has('JobName') ? 'JobName' : 'CrawlerName';
    const node = part.get(field);
    const reference = referenceOf(node, part.source);
    if (node === undefined || reference === undefined) {
      unknown.push(part);
      return [];
    }
    const kind = field === 'JobName' ? 'job' : 'crawler';
    return [{ kind, id: `${kind} ${ids.get(reference) ?? reference}`, node }];
  };
  const predicate = trigger.part.part('Predicate', 'predicate');
  const starts = trigger.actions.flatMap(stepOf);
  const watches = trigger.conditions.flatMap(stepOf);
  const isOpen =
    trigger.part.isOpen || isUnknown(trigger.part.get('Actions')) || isUnknown(predicate?.get('Conditions'));
  return { trigger, starts, watches, hasUnknown: unknown.length > 0 || isOpen };
}

/** Whether there may be more than the text shows, or less. */
function isUnknown(node: Node | undefined): boolean {
  return node?.kind === 'unknown' || ((node?.kind === 'array' || node?.kind === 'object') && node.issues !== undefined);
}
