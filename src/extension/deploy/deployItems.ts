import type { Account } from '../../aws/account.ts';
import { applyDeploy, describeStep, type DeployPort } from '../../core/deploy/apply.ts';
import type { Deployable } from '../../core/deploy/deployable.ts';
import { planDeploy, type DeployRecord, type DeployStep } from '../../core/deploy/plan.ts';

export interface DeployOptions {
  readonly items: readonly Deployable[];
  /** What was deployed before; `save` gets what is deployed now, also when the deploy fails on the way. */
  readonly record: DeployRecord;
  readonly save: (record: DeployRecord) => Promise<void>;
  /** Says what is being done. */
  readonly report: (message: string) => void;
}

/** Brings an account to `items`: only what changed since `record`, or is gone there. Gives the steps that were taken. */
export async function deployItems(
  account: Account,
  { items, record, save, report }: DeployOptions,
  signal?: AbortSignal,
): Promise<readonly DeployStep[]> {
  const known = items.filter(({ id, checksum }) => record[id] === checksum);
  const present = await presentItems(account, known, signal);
  const steps = planDeploy(items, record, (item) => present.has(item.id));
  if (steps.length === 0) return steps;
  const done: Record<string, string> = { ...record };
  try {
    for await (const { state, step, index, total } of applyDeploy(steps, portOf(account), signal)) {
      if (state === 'doing') report(`${describeStep(step)} (${index + 1} of ${total})`);
      else if (step.kind === 'put') done[step.item.id] = step.item.checksum;
    }
  } finally {
    await save(done);
  }
  return steps;
}

function portOf({ glue, s3, stepFunctions }: Account): DeployPort {
  return {
    ensureBucket: async (bucket, signal) => await s3.ensureBucket(bucket, signal),
    putObject: async (location, body, signal) => await s3.putObject(location, body, signal),
    putJob: async (input, signal) => await glue.putJob(input, signal),
    putWorkflow: async (input, signal) => await glue.putWorkflow(input, signal),
    putTrigger: async (input, signal) => await glue.putTrigger(input, signal),
    putStateMachine: async (input, signal) => await stepFunctions.putStateMachine(input, signal),
  };
}

/** Which of these items, deployed before, are still there. */
async function presentItems(
  account: Account,
  known: readonly Deployable[],
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (known.length === 0) return new Set();
  const has = (kind: Deployable['kind']): boolean => known.some((item) => item.kind === kind);
  const names = async (pages: AsyncIterable<readonly { readonly name: string }[]>): Promise<ReadonlySet<string>> =>
    new Set((await allRows(pages)).map(({ name }) => name));
  const jobs = has('job') ? await names(account.glue.listJobs(signal)) : new Set();
  const workflows = has('workflow') || has('trigger') ? await names(account.glue.listWorkflows(signal)) : new Set();
  const machines = has('machine') ? await names(account.stepFunctions.listStateMachines(signal)) : new Set();
  const triggers = new Set<string>();
  for (const workflow of has('trigger') ? workflows : []) {
    const found = await account.glue.listTriggersOfWorkflow(String(workflow), signal);
    for (const { name } of found) triggers.add(name);
  }
  const isThere = async (item: Deployable): Promise<boolean> => {
    switch (item.kind) {
      case 'object':
        return (await account.s3.headObject(item.location, signal)) !== undefined;
      case 'job':
        return jobs.has(item.name);
      case 'workflow':
        return workflows.has(item.name);
      case 'trigger':
        // A trigger outside of a workflow is in no list that is read here; putting it again changes nothing.
        return triggers.has(item.name);
      case 'machine':
        return machines.has(item.name);
    }
  };
  const answers = await Promise.all(known.map(async (item) => ((await isThere(item)) ? item.id : undefined)));
  return new Set(answers.filter((id) => id !== undefined));
}

/** Every row of a list. */
export async function allRows<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const rows: T[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}
