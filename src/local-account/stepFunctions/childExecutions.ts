import {
  resumePoint,
  type ChildBefore,
  type ChildPlace,
  type HistoryEvent,
  type Json,
} from '../../core/interpreter/index.ts';
import { AwsError } from '../http/awsError.ts';
import type { Input, Members } from '../http/input.ts';
import { pageByKey } from '../http/paging.ts';
import { seconds } from '../http/time.ts';
import type { Child } from './childStore.ts';
import { pageAsk } from './machineOperations.ts';
import type { SfnState } from './sfnState.ts';

/** The child executions of a Map Run, newest first. Standard ones only: those of Express are not kept, as on AWS. */
export async function listChildren(
  state: SfnState,
  mapRunArn: string,
  { input, status }: { readonly input: Input; readonly status: string | undefined },
): Promise<Members> {
  const run = state.mapRuns.get(mapRunArn);
  if (!run) throw new AwsError('ResourceNotFound', `Map Run does not exist: '${mapRunArn}'`);
  const children = (await state.children.list(mapRunArn))
    .filter((child) => status === undefined || child.status === status)
    .toSorted((left, right) => right.startedMs - left.startedMs || (left.executionArn < right.executionArn ? 1 : -1));
  const page = pageByKey(children, ({ executionArn }) => executionArn, pageAsk(input));
  return {
    executions: page.items.map(({ executionArn, startedMs, endedMs, ...child }) => ({
      executionArn,
      stateMachineArn: machineArnOf(executionArn),
      mapRunArn,
      name: nameOf(executionArn),
      status: child.status,
      startDate: seconds(startedMs),
      stopDate: seconds(endedMs),
      redriveCount: child.redriveCount,
      itemCount: 1,
    })),
    nextToken: page.nextToken,
  };
}

/** A child execution by its ARN; undefined for any other ARN. */
export async function findChild(state: SfnState, executionArn: string): Promise<Child | undefined> {
  const [, label] = /:execution:([^:]+\/[^:]+):[^:]+$/.exec(executionArn) ?? [];
  if (label === undefined) return undefined;
  const runs = state.mapRuns
    .values()
    .filter(({ mapRunArn }) => mapRunArn.includes(`:mapRun:${label}:`))
    .toSorted((left, right) => right.startDate - left.startDate);
  return await state.children.find(
    executionArn,
    runs.map(({ mapRunArn }) => mapRunArn),
  );
}

/** A child as DescribeExecution shows it. */
export function presentChild(child: Child, includesData: boolean): Members {
  const { executionArn, mapRunArn, status, startedMs, endedMs, events } = child;
  const last: HistoryEvent | undefined = status === 'RUNNING' ? undefined : events.at(-1);
  const output = last?.['executionSucceededEventDetails']?.['output'];
  const failure =
    last?.['executionFailedEventDetails'] ??
    last?.['executionAbortedEventDetails'] ??
    last?.['executionTimedOutEventDetails'];
  const hasFailed = status !== 'RUNNING' && status !== 'SUCCEEDED';
  return {
    executionArn,
    stateMachineArn: machineArnOf(executionArn),
    mapRunArn,
    name: nameOf(executionArn),
    status,
    startDate: seconds(startedMs),
    stopDate: seconds(endedMs),
    ...(includesData && {
      input: events[0]?.['executionStartedEventDetails']?.['input'],
      inputDetails: { included: true },
      output,
      outputDetails: output === undefined ? undefined : { included: true },
    }),
    error: failure?.['error'],
    cause: failure?.['cause'],
    redriveCount: child.redriveCount,
    redriveStatus: hasFailed ? 'REDRIVABLE_BY_MAP_RUN' : 'NOT_REDRIVABLE',
    redriveStatusReason: hasFailed ? undefined : `Execution is ${status} and cannot be redriven`,
  };
}

function nameOf(executionArn: string): string {
  return executionArn.slice(executionArn.lastIndexOf(':') + 1);
}

/** `…:stateMachine:<machine>/<label>`, which AWS gives as the machine of a child. */
function machineArnOf(executionArn: string): string {
  return executionArn.slice(0, executionArn.lastIndexOf(':')).replace(':execution:', ':stateMachine:');
}

/** What a redrive of its Map Run goes on with: the output of a child that succeeded, or where another one ended. */
export async function childBefore(
  state: SfnState,
  { mapRunArn, index, processor }: ChildPlace,
): Promise<ChildBefore | undefined> {
  const child = await state.children.at(mapRunArn, index);
  if (!child) return undefined;
  const { executionArn, startedMs, endedMs = startedMs, events } = child;
  const facts = { executionArn, startDate: startedMs, stopDate: endedMs, redrives: child.redriveCount };
  const output = events.at(-1)?.['executionSucceededEventDetails']?.['output'];
  if (typeof output === 'string') return { ...facts, output: JSON.parse(output) as Json };
  const resume = executionArn.includes(':execution:') ? resumePoint(processor, events) : undefined;
  if (!resume) return facts;
  state.children.reopen(child);
  return { ...facts, resume };
}
