import type { Clock } from '../../../core/base/clock.ts';
import type { Json, TaskPort, TaskRequest } from '../../../core/interpreter/index.ts';
import type { Glue } from '../../glue/service.ts';
import { Input, isMembers, type Members } from '../../http/input.ts';
import type { JsonService } from '../../http/jsonService.ts';
import type { Lambda } from '../../lambda/lambda.ts';
import type { ObjectStore } from '../../s3/objectStore.ts';
import type { Activities } from '../activities.ts';
import type { TaskTokens } from '../taskTokens.ts';
import { runGlueJob } from './glueTasks.ts';
import { invokeHttp } from './httpTasks.ts';
import { invokeLambda, invokeLambdaBySdk, runLambdaFunction } from './lambdaTasks.ts';
import { startNested, type NestedParts } from './nestedExecutions.ts';
import { NotHere } from './notHere.ts';
import { findS3Task } from './s3Tasks.ts';
import { operationName, toLowerMembers, toTaskResult } from './serviceCase.ts';
import { toTaskFailure } from './taskErrors.ts';

export interface TaskParts {
  readonly glue: Glue;
  readonly objects: ObjectStore;
  readonly lambda: Lambda;
  readonly logs: JsonService;
  readonly tokens: TaskTokens;
  readonly activities: Activities;
  readonly clock: Clock;
  /** Step Functions itself, which is made after the port that it runs tasks through. */
  readonly nested: () => NestedParts;
}

/** Runs tasks where the thing that they name is in this account; rejects with `NotHere` for anything else. */
export function createTaskPort(parts: TaskParts): TaskPort {
  return { run: async (request) => await runTask(parts, request) };
}

async function runTask(parts: TaskParts, request: TaskRequest): Promise<Json> {
  const { target } = request;
  if (target.kind === 'activity') {
    return await parts.activities.run(target.activityArn, request);
  }
  if (target.kind === 'lambda') return await runLambdaFunction(parts.lambda, target.functionArn, request);
  const { resourceType, action, pattern } = target;
  if (resourceType === 'glue' && action === 'startJobRun') {
    return await waitFor(parts, request, async () => await runGlueJob(parts, request, pattern.startsWith('sync')));
  }
  if (resourceType === 'states' && action === 'startExecution') {
    return await waitFor(parts, request, async () => await startNested(parts.nested(), request, pattern));
  }
  if (resourceType === 'lambda' && action === 'invoke') {
    return await waitFor(parts, request, async () => await invokeLambda(parts.lambda, request));
  }
  if (resourceType === 'http' && action === 'invoke') return await invokeHttp(request);
  if (resourceType.startsWith('aws-sdk:')) {
    return await waitFor(parts, request, async () => await callSdk(parts, request, { resourceType, action }));
  }
  throw new NotHere(`${resourceType}:${action}${pattern === 'request' ? '' : `.${pattern}`}`);
}

/** With `.waitForTaskToken` the call's reply is only what was submitted; the result comes with the token. */
async function waitFor(parts: TaskParts, request: TaskRequest, call: () => Promise<Json>): Promise<Json> {
  if (request.target.kind !== 'service' || request.target.pattern !== 'waitForTaskToken') return await call();
  const result = parts.tokens.wait(request.taskToken ?? '', () => request.heartbeat(), request.signal);
  // The callback may fail before the call itself has come back.
  result.catch(() => undefined);
  request.submitted(await call());
  return await result;
}

async function callSdk(
  parts: TaskParts,
  request: TaskRequest,
  { resourceType, action }: { readonly resourceType: string; readonly action: string },
): Promise<Json> {
  const parameters: Members = isMembers(request.parameters) ? request.parameters : {};
  const service = resourceType.slice('aws-sdk:'.length);
  const name = operationName(service);
  try {
    switch (service) {
      case 'glue':
        return toTaskResult(
          withIsoTimes(await parts.glue.service.invoke(operationName(action), parameters, request.signal)),
        );
      case 'sfn': {
        const { service: sfn } = parts.nested();
        return toTaskResult(
          withIsoTimes(await sfn.invoke(operationName(action), toLowerMembers(parameters), request.signal)),
        );
      }
      case 'cloudwatchlogs':
        return toTaskResult(await parts.logs.invoke(operationName(action), toLowerMembers(parameters), request.signal));
      case 'lambda':
        if (action === 'invoke') return await invokeLambdaBySdk(parts.lambda, request);
        break;
      case 's3': {
        const task = findS3Task(action);
        if (task) return toTaskResult(await task(parts.objects, new Input(parameters)));
        break;
      }
      default:
    }
  } catch (error) {
    throw toTaskFailure(name, error, true);
  }
  throw new NotHere(`${resourceType}:${action}`);
}

/** Members that end so are times; SDK integrations write them as ISO 8601. */
const timeMember = /(Date|On|Time|Timestamp|Updated)$/;

const durations: ReadonlySet<string> = new Set(['ExecutionTime', 'CrawlElapsedTime']);

function withIsoTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => withIsoTimes(entry));
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      typeof entry === 'number' && timeMember.test(name) && !durations.has(name)
        ? new Date(entry * 1000).toISOString()
        : withIsoTimes(entry),
    ]),
  );
}
