import type { Report } from '../../../language/rules/rule.ts';
import { quote } from '../../../language/words.ts';
import type { Trigger, Workflow } from '../../model.ts';
import { workflowGraphs, type Step, type TriggerLinks, type WorkflowGraph } from '../../workflowGraph.ts';
import type { FileRule } from '../rule.ts';

const isStart = ({ trigger }: TriggerLinks): boolean => trigger.type !== undefined && trigger.type !== 'CONDITIONAL';

export const workflowStart: FileRule = {
  id: 'glue/workflow-start',
  subject: 'file',
  severity: 'error',
  sources: ['GWF001'],
  docs: {
    what: 'A workflow has one trigger that starts it.',
    why: 'Glue refuses a second one: a run of a workflow begins at one place.',
    bad: '[{"Name": "w", "DefaultRunProperties": {}}, {"Name": "a", "Type": "ON_DEMAND", "WorkflowName": "w", "Actions": [{"JobName": "x"}]}, {"Name": "b", "Type": "SCHEDULED", "Schedule": "cron(0 1 * * ? *)", "WorkflowName": "w", "Actions": [{"JobName": "x"}]}]',
    good: '[{"Name": "w", "DefaultRunProperties": {}}, {"Name": "a", "Type": "ON_DEMAND", "WorkflowName": "w", "Actions": [{"JobName": "x"}]}]',
    aws: 'InvalidInputException: the workflow already has a starting trigger.',
  },
  check: ({ file }, report) => {
    for (const { workflow, triggers } of workflowGraphs(file)) {
      const [first, ...others] = triggers.filter(isStart);
      if (first === undefined) continue;
      for (const { trigger } of others) {
        report({
          at: trigger.anchor,
          message: `${calledWorkflow(workflow)} has a trigger that starts it already, ${calledTrigger(first.trigger)}: it can have one only.`,
          related: [{ at: first.trigger.anchor, message: 'The trigger that starts it.' }],
        });
      }
    }
  },
};

export const workflowFlow: FileRule = {
  id: 'glue/workflow-flow',
  subject: 'file',
  severity: 'warning',
  sources: ['GWF002'],
  docs: {
    what: 'Every trigger of a workflow can fire, nothing goes round in a circle, and there are at most 100 parts.',
    why: 'A condition holds only for runs that a trigger of the same workflow started; a job that is started otherwise never makes it fire.',
    bad: '[{"Name": "w", "DefaultRunProperties": {}}, {"Name": "a", "Type": "CONDITIONAL", "WorkflowName": "w", "Predicate": {"Conditions": [{"LogicalOperator": "EQUALS", "JobName": "nobody-starts-it", "State": "SUCCEEDED"}]}, "Actions": [{"JobName": "x"}]}]',
    good: '[{"Name": "w", "DefaultRunProperties": {}}, {"Name": "a", "Type": "ON_DEMAND", "WorkflowName": "w", "Actions": [{"JobName": "x"}]}]',
    aws: 'Accepted; the run of the workflow ends without what should follow.',
  },
  check: ({ file }, report) => {
    for (const graph of workflowGraphs(file)) {
      checkSize(graph, report);
      // Where the start is in another file, more of the workflow may be there too.
      if (!graph.triggers.some(isStart) || graph.triggers.some(({ hasUnknown }) => hasUnknown)) continue;
      checkWatched(graph, report);
      checkCycles(graph, report);
      checkUnreachable(graph, report);
    }
  },
};

function checkSize({ workflow, triggers }: WorkflowGraph, report: Report): void {
  const steps = new Set(triggers.flatMap(({ starts, watches }) => [...starts, ...watches].map(({ id }) => id)));
  const count = steps.size + triggers.length;
  if (count <= 100) return;
  report({
    at: workflow.anchor,
    message: `${calledWorkflow(workflow)} has ${count} jobs, crawlers and triggers; AWS advises at most 100.`,
  });
}

function checkWatched({ triggers }: WorkflowGraph, report: Report): void {
  const started = new Set(triggers.flatMap(({ starts }) => starts.map(({ id }) => id)));
  for (const { trigger, watches } of triggers) {
    if (trigger.type !== 'CONDITIONAL') continue;
    for (const step of watches) {
      if (started.has(step.id)) continue;
      report({
        at: step.node,
        message: `This condition never holds: no trigger of the workflow starts ${calledStep(step)}.`,
      });
    }
  }
}

/** Conditional triggers whose action leads back to what they wait for. */
function checkCycles({ triggers }: WorkflowGraph, report: Report): void {
  const state = new Map<TriggerLinks, 'open' | 'done'>();
  const followers = (links: TriggerLinks): TriggerLinks[] =>
    triggers.filter(
      (other) =>
        other.trigger.type === 'CONDITIONAL' &&
        other.watches.some(({ id }) => links.starts.some((step) => step.id === id)),
    );
  const visit = (links: TriggerLinks): void => {
    state.set(links, 'open');
    for (const next of followers(links)) {
      if (state.get(next) === 'open') {
        report({
          at: links.trigger.anchor,
          message: `This workflow goes in a circle: ${calledTrigger(links.trigger)} starts what ${calledTrigger(next.trigger)} waits for again.`,
          related: [{ at: next.trigger.anchor, message: 'The circle begins here.' }],
        });
      } else if (!state.has(next)) visit(next);
    }
    state.set(links, 'done');
  };
  for (const links of triggers) if (!state.has(links)) visit(links);
}

/** Triggers that wait for steps which are started, but only by triggers that never fire. */
function checkUnreachable({ triggers }: WorkflowGraph, report: Report): void {
  const started = new Set(triggers.flatMap(({ starts }) => starts.map(({ id }) => id)));
  const reached = new Set<string>();
  const firing = new Set<TriggerLinks>();
  for (let isNew = true; isNew;) {
    isNew = false;
    for (const links of triggers) {
      if (firing.has(links) || !fires(links, reached)) continue;
      firing.add(links);
      for (const { id } of links.starts) reached.add(id);
      isNew = true;
    }
  }
  for (const links of triggers) {
    const { trigger, watches } = links;
    if (firing.has(links) || !watches.every(({ id }) => started.has(id)) || watches.length === 0) continue;
    report({
      at: trigger.anchor,
      message: `${calledTrigger(trigger)} never fires: what it waits for is started only by triggers that never fire.`,
    });
  }
}

function fires({ trigger, watches }: TriggerLinks, reached: ReadonlySet<string>): boolean {
  if (trigger.type !== 'CONDITIONAL') return true;
  const logical = trigger.part.part('Predicate', 'predicate')?.text('Logical');
  const holds = ({ id }: Step): boolean => reached.has(id);
  return logical === 'ANY' ? watches.some(holds) : watches.length > 0 && watches.every(holds);
}

function calledWorkflow({ name }: Workflow): string {
  return name === undefined ? 'The workflow' : `The workflow ${quote(name)}`;
}

function calledTrigger({ name, address }: Trigger): string {
  const called = name ?? address;
  return called === undefined ? 'a trigger' : quote(called);
}

function calledStep({ kind, id }: Step): string {
  return `the ${kind} ${quote(id.replace(/^\w+ (?:name|ref):/, ''))}`;
}
