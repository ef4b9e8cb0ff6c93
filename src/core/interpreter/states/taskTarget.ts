import type { TaskPattern, TaskTarget } from '../ports.ts';

const LAMBDA = /^arn:[\w-]+:lambda:[\w-]*:\d*:function:.+$/;
const SERVICE = /^arn:[\w-]+:states:[\w-]*:\d*:((?:aws-sdk:)?[\w-]+):(\w+)(\.sync(?::2)?|\.waitForTaskToken)?$/;

const MAX_CACHED_TARGETS = 1000;
const parsed = new Map<string, TaskTarget>();

/** What a Task's `Resource` names. Whatever is neither a Lambda function nor a service integration is an activity. */
export function parseTarget(resource: string): TaskTarget {
  const known = parsed.get(resource);
  if (known) return known;
  const target = readTarget(resource);
  if (parsed.size >= MAX_CACHED_TARGETS) parsed.clear();
  parsed.set(resource, target);
  return target;
}

function readTarget(resource: string): TaskTarget {
  if (LAMBDA.test(resource)) return { kind: 'lambda', functionArn: resource };
  const service = SERVICE.exec(resource);
  const resourceType = service?.[1] ?? '';
  if (!service || resourceType === 'activity') return { kind: 'activity', activityArn: resource };
  return {
    kind: 'service',
    resourceType,
    action: service[2] ?? '',
    pattern: (service[3]?.slice(1) ?? 'request') as TaskPattern,
  };
}
