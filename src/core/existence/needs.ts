import type { AslDefinition } from '../asl/index.ts';
import { parseResource } from '../asl/integrations/resource.ts';
import type { GlueDocument } from '../glue/index.ts';
import { isOpaque } from '../language/placeholders.ts';
import type { StringNode } from '../language/tree.ts';
import { KINDS, resourceOfText, type NamedResource } from './kinds.ts';
import { mentionsInDefinition } from './mentions.ts';
import { serviceName } from './parameterKinds.ts';

/** Something that a role must be allowed to do. */
export interface Need {
  readonly role: string;
  /** As IAM names it: `glue:StartJobRun`. */
  readonly action: string;
  readonly resource: string;
  /** Where to say that it is denied. */
  readonly node: StringNode;
}

/** Whose ARNs names stand for. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/**
 * What IAM wants for a call on what it names. Only calls whose actions apply to that resource alone: for the others a
 * simulation on one resource would say less than it seems to.
 */
const ACTIONS: Readonly<Record<string, { readonly call: string; readonly sync?: readonly string[] }>> = {
  'glue:startJobRun': {
    call: 'glue:StartJobRun',
    sync: ['glue:GetJobRun', 'glue:GetJobRuns', 'glue:BatchStopJobRun'],
  },
  'glue:startCrawler': { call: 'glue:StartCrawler' },
  'glue:getCrawler': { call: 'glue:GetCrawler' },
  'glue:getJobRun': { call: 'glue:GetJobRun' },
  'glue:startWorkflowRun': { call: 'glue:StartWorkflowRun' },
  'lambda:invoke': { call: 'lambda:InvokeFunction' },
  'states:startExecution': { call: 'states:StartExecution' },
  'states:startSyncExecution': { call: 'states:StartSyncExecution' },
  'dynamodb:getItem': { call: 'dynamodb:GetItem' },
  'dynamodb:putItem': { call: 'dynamodb:PutItem' },
  'dynamodb:updateItem': { call: 'dynamodb:UpdateItem' },
  'dynamodb:deleteItem': { call: 'dynamodb:DeleteItem' },
  'sns:publish': { call: 'sns:Publish' },
  'sqs:sendMessage': { call: 'sqs:SendMessage' },
  'events:putEvents': { call: 'events:PutEvents' },
};

/** What the states of a machine call on literal names, with the role that the machine runs as. */
export function needsOfDefinition(definition: AslDefinition, role: string, place: Place): readonly Need[] {
  const resources = new Map(mentionsInDefinition(definition).map((mention) => [mention.node, mention]));
  const found: Need[] = [];
  for (const [node, mention] of resources) {
    const task = taskAround(node);
    const arn = task && arnOf(mention, place);
    if (task === undefined || arn === undefined) continue;
    const needed = task.isSync ? [task.action.call, ...(task.action.sync ?? [])] : [task.action.call];
    found.push(...needed.map((action) => ({ role, action, resource: arn, node })));
  }
  return found;
}

function taskAround(node: StringNode): { action: (typeof ACTIONS)[string]; isSync: boolean } | undefined {
  const owner = node.parent?.kind === 'object' ? node.parent.parent : undefined;
  const state = node.parent?.kind === 'object' && node.parent.get('Resource') === node ? node.parent : owner;
  const text = state?.kind === 'object' ? state.get('Resource') : undefined;
  const resource = text?.kind === 'string' ? parseResource(text.value) : undefined;
  if (resource?.kind === 'lambda') return { action: { call: 'lambda:InvokeFunction' }, isSync: false };
  if (resource?.kind !== 'optimized' && resource?.kind !== 'sdk') return undefined;
  const action = ACTIONS[`${serviceName(resource.service)}:${resource.action}`];
  return action && { action, isSync: resource.suffix.startsWith('.sync') };
}

/** What jobs read and write in S3 with their roles: the script, further files, the temporary folder. */
export function needsOfGlue({ file }: GlueDocument, { partition }: Pick<Place, 'partition'>): readonly Need[] {
  return file.jobs.flatMap((job) => {
    const written = job.part.text('Role');
    const role = written === undefined ? undefined : resourceOfText('iamRole', written)?.name;
    const roleNode = job.part.get('Role');
    if (role === undefined || role === '' || roleNode?.kind !== 'string' || isOpaque(roleNode)) return [];
    const need = (action: string, location: string, node: StringNode): Need[] => {
      const path = /^s3[an]?:\/\/([^/\s$<>{}*]+\/[^\s$<>{}*]+)$/.exec(location)?.[1];
      return path === undefined ? [] : [{ role, action, resource: `arn:${partition}:s3:::${path}`, node }];
    };
    const { script } = job.command;
    const files = job.arguments.filter(({ name }) => /^--(?:extra-py-files|extra-jars|extra-files)$/.test(name));
    const folder = job.arguments.find(({ name }) => name === '--TempDir');
    return [
      ...(script?.kind === 'string' && !isOpaque(script) ? need('s3:GetObject', script.value, script) : []),
      ...files.flatMap(({ value, text }) =>
        value.kind === 'string'
          ? (text ?? '').split(',').flatMap((one) => need('s3:GetObject', one.trim(), value))
          : [],
      ),
      ...(folder?.value.kind === 'string' && folder.text !== undefined
        ? need('s3:PutObject', `${folder.text.replace(/\/$/, '')}/sluice`, folder.value)
        : []),
    ];
  });
}

/** The ARN of what is named, in the account of the place. */
export function arnOf({ kind, name, region, accountId }: NamedResource, place: Place): string | undefined {
  if (region !== undefined && region !== '' && region !== place.region) return undefined;
  if (accountId !== undefined && accountId !== '' && accountId !== place.accountId) return undefined;
  const [service, before] = KINDS[kind].arn;
  if (service === 's3' || service === 'iam') return undefined;
  return `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${before}${name}`;
}
