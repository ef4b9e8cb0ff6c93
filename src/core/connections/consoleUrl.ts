import type { Connection } from './connection.ts';
import { partitionOf } from './partition.ts';

/** What the AWS console has a page for. */
export type ConsolePage =
  | { readonly kind: 'job'; readonly name: string }
  | { readonly kind: 'jobRun'; readonly name: string; readonly runId: string }
  | { readonly kind: 'workflow'; readonly name: string }
  | { readonly kind: 'stateMachine'; readonly arn: string }
  | { readonly kind: 'execution'; readonly arn: string }
  /** Whatever an ARN names. */
  | { readonly kind: 'arn'; readonly arn: string }
  /** An object, or what starts with its key, as `s3://bucket/key`. */
  | { readonly kind: 's3'; readonly location: string };

/** Address of a page of the AWS console, or undefined for Local and for partitions whose console is not public. */
export function consoleUrl(connection: Connection, page: ConsolePage): string | undefined {
  const domain = partitionOf(connection.region).consoleDomain;
  if (connection.kind === 'local' || domain === undefined) return undefined;
  const { region } = connection;
  if (page.kind === 's3') return s3Url(domain, region, page.location);
  if (page.kind === 'arn') return `https://${domain}/go/view?arn=${encodeURIComponent(page.arn)}`;
  const { service, path } = place(page);
  return `https://${region}.${domain}/${service}/home?region=${region}#/${path}`;
}

function s3Url(domain: string, region: string, location: string): string | undefined {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/.exec(location);
  if (!match) return undefined;
  const [, bucket = '', key = ''] = match;
  // The page of a prefix shows an object as well; the page of an object fails for a prefix.
  return `https://${region}.${domain}/s3/buckets/${bucket}?region=${region}&prefix=${encodeURIComponent(key)}`;
}

function place(page: Exclude<ConsolePage, { kind: 'arn' | 's3' }>): { service: string; path: string } {
  switch (page.kind) {
    case 'job':
      return { service: 'gluestudio', path: `editor/job/${encodeURIComponent(page.name)}/details` };
    case 'jobRun':
      return { service: 'gluestudio', path: `job/${encodeURIComponent(page.name)}/run/${page.runId}` };
    case 'workflow':
      return { service: 'glue', path: `v2/etl-configuration/workflows/view/${encodeURIComponent(page.name)}` };
    case 'stateMachine':
      return { service: 'states', path: `statemachines/view/${encodeURIComponent(page.arn)}` };
    case 'execution':
      // arn:aws:states:REGION:ACCOUNT:express:MACHINE:NAME:ID has a page of its own.
      return page.arn.split(':')[5] === 'express'
        ? { service: 'states', path: `express-executions/details/${encodeURIComponent(page.arn)}` }
        : { service: 'states', path: `v2/executions/details/${encodeURIComponent(page.arn)}` };
  }
}
