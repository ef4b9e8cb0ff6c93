import type { Account } from '../../aws/account.ts';
import type { Pages, PageRequest } from '../../aws/calls/pages.ts';
import type { GlueTrigger } from '../../aws/glue/api.ts';
import type { RunSummary } from '../../core/runs/model.ts';
import type { Page } from '../../core/runs/ports.ts';
import type { Item, Section } from './node.ts';

/** Reads the items of a section. */
export function listItems(account: Account, section: Section, signal: AbortSignal): Pages<Item> {
  switch (section) {
    case 'jobs':
      return mapPages(account.glue.listJobs(signal), (job) => ({ kind: 'job', job }));
    case 'workflows':
      return mapPages(account.glue.listWorkflows(signal), (workflow) => ({ kind: 'workflow', workflow }));
    case 'machines':
      return mapPages(account.stepFunctions.listStateMachines(signal), (machine) => ({ kind: 'machine', machine }));
  }
}

/** Reads one item by what identifies it within its section. */
export async function getItem(
  account: Account,
  section: Section,
  resource: string,
  signal: AbortSignal,
): Promise<Item> {
  switch (section) {
    case 'jobs':
      return { kind: 'job', job: await account.glue.getJob(resource, signal) };
    case 'workflows':
      return { kind: 'workflow', workflow: await account.glue.getWorkflow(resource, signal) };
    case 'machines':
      return { kind: 'machine', machine: await account.stepFunctions.describeStateMachine(resource, signal) };
  }
}

/** Reads a page of an item's runs, newest first. */
export async function listRuns(
  account: Account,
  item: Item,
  page: PageRequest,
  signal: AbortSignal,
): Promise<Page<RunSummary>> {
  switch (item.kind) {
    case 'job':
      return await account.glue.listJobRuns(item.job.name, page, signal);
    case 'workflow':
      return await account.glue.listWorkflowRuns(item.workflow.name, page, signal);
    case 'machine':
      // The API lists no executions of Express machines.
      return item.machine.type === 'EXPRESS'
        ? { items: [] }
        : await account.stepFunctions.listExecutions(item.machine.arn, page, signal);
  }
}

export async function listTriggers(account: Account, item: Item, signal: AbortSignal): Promise<readonly GlueTrigger[]> {
  switch (item.kind) {
    case 'job':
      return await account.glue.listTriggersOfJob(item.job.name, signal);
    case 'workflow':
      return await account.glue.listTriggersOfWorkflow(item.workflow.name, signal);
    case 'machine':
      return [];
  }
}

async function* mapPages<T>(pages: Pages<T>, toItem: (value: T) => Item): AsyncGenerator<readonly Item[]> {
  for await (const page of pages) yield page.map(toItem);
}
