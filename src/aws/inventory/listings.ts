import { kindFacts, namesOfIdentifier, type ResourceKind } from '../../core/existence/kinds.ts';
import { UserError } from '../../core/base/userError.ts';
import type { ServiceCalls } from '../calls/caller.ts';
import { defined } from '../defined.ts';
import type { GlueCalls } from '../glue/glue.ts';
import type { S3Calls } from '../s3/s3.ts';
import type { cloudControlCommands } from '../sdk/cloudControl.ts';
import type { iamCommands } from '../sdk/iam.ts';
import type { lambdaCommands } from '../sdk/lambda.ts';
import type { StepFunctionsCalls } from '../stepFunctions/stepFunctions.ts';
import type { ListedName } from './api.ts';
import { trustedServices } from './trust.ts';

/** The services that are listed. */
export interface InventoryCalls {
  readonly glue: GlueCalls;
  readonly states: StepFunctionsCalls;
  readonly s3: S3Calls;
  readonly lambda: ServiceCalls<typeof lambdaCommands>;
  readonly iam: ServiceCalls<typeof iamCommands>;
  readonly cloudControl: ServiceCalls<typeof cloudControlCommands>;
}

/** One page of a listing, and where the next one is. */
interface ListedPage {
  readonly items: readonly ListedName[];
  readonly next: string | undefined;
}

interface Asking {
  readonly calls: InventoryCalls;
  readonly next: string | undefined;
  readonly signal: AbortSignal | undefined;
}

type List = (asking: Asking) => Promise<ListedPage>;

/** Kinds that are listed by the service itself, one page at a time. */
const LISTS: Readonly<Partial<Record<ResourceKind, List>>> = {
  glueCrawler: async ({ calls, next, signal }) => {
    const page = await calls.glue.call(
      'ListCrawlers',
      { MaxResults: 1000, ...defined({ NextToken: next }) },
      { signal },
    );
    return { items: named(page.CrawlerNames), next: page.NextToken };
  },
  glueTrigger: async ({ calls, next, signal }) => {
    const page = await calls.glue.call(
      'ListTriggers',
      { MaxResults: 200, ...defined({ NextToken: next }) },
      { signal },
    );
    return { items: named(page.TriggerNames), next: page.NextToken };
  },
  glueConnection: async ({ calls, next, signal }) => {
    const asked = { HidePassword: true, MaxResults: 100, ...defined({ NextToken: next }) };
    const page = await calls.glue.call('GetConnections', asked, { signal });
    return { items: named(page.ConnectionList?.map(({ Name }) => Name)), next: page.NextToken };
  },
  glueDatabase: async ({ calls, next, signal }) => {
    const page = await calls.glue.call(
      'GetDatabases',
      { MaxResults: 100, ...defined({ NextToken: next }) },
      { signal },
    );
    return { items: named(page.DatabaseList?.map(({ Name }) => Name)), next: page.NextToken };
  },
  activity: async ({ calls, next, signal }) => {
    const page = await calls.states.call(
      'ListActivities',
      { maxResults: 1000, ...defined({ nextToken: next }) },
      { signal },
    );
    return { items: named(page.activities?.map(({ name }) => name)), next: page.nextToken };
  },
  lambdaFunction: async ({ calls, next, signal }) => {
    const page = await calls.lambda.call('ListFunctions', { MaxItems: 50, ...defined({ Marker: next }) }, { signal });
    return { items: named(page.Functions?.map(({ FunctionName }) => FunctionName)), next: page.NextMarker };
  },
  s3Bucket: async ({ calls, next, signal }) => {
    const asked = { MaxBuckets: 1000, ...defined({ ContinuationToken: next }) };
    const page = await calls.s3.call('ListBuckets', asked, { signal });
    return { items: named(page.Buckets?.map(({ Name }) => Name)), next: page.ContinuationToken };
  },
  iamRole: async ({ calls, next, signal }) => {
    const page = await calls.iam.call('ListRoles', { MaxItems: 1000, ...defined({ Marker: next }) }, { signal });
    const items = (page.Roles ?? []).map(({ RoleName: name = '', Arn, AssumeRolePolicyDocument }) => ({
      name,
      details: defined({ trusts: trustedServices(AssumeRolePolicyDocument), roleArn: Arn }),
    }));
    return { items, next: page.IsTruncated === true ? page.Marker : undefined };
  },
};

/** Every name of a kind that no other part of the account lists. */
export async function* listKind(
  kind: ResourceKind,
  calls: InventoryCalls,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly ListedName[]> {
  const { type } = kindFacts(kind);
  const list = LISTS[kind] ?? (type === undefined ? undefined : cloudControl(kind, type));
  if (list === undefined) throw new UserError('not-supported', `No service lists every ${kindFacts(kind).title}.`);
  let next: string | undefined;
  do {
    const page: ListedPage = await list({ calls, next, signal });
    next = page.next === '' ? undefined : page.next;
    yield page.items;
  } while (next !== undefined);
}

/** https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_ListResources.html */
function cloudControl(kind: ResourceKind, type: string): List {
  return async ({ calls, next, signal }) => {
    const asked = { TypeName: type, MaxResults: 100, ...defined({ NextToken: next }) };
    const page = await calls.cloudControl.call('ListResources', asked, { signal });
    const identifiers = (page.ResourceDescriptions ?? []).map(({ Identifier }) => Identifier);
    const names = identifiers.flatMap((one) => (one === undefined ? [] : namesOfIdentifier(kind, one)));
    return { items: names.map((name) => ({ name })), next: page.NextToken };
  };
}

function named(names: readonly (string | undefined)[] | undefined): ListedName[] {
  return (names ?? []).flatMap((name) => (name === undefined || name === '' ? [] : [{ name }]));
}
