import { partitionOf } from './partition.ts';

/** Where a Glue resource lives. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** ARN of a Glue job, workflow or trigger, which the Glue API itself never gives. */
export function glueArn(type: 'job' | 'workflow' | 'trigger', name: string, { region, accountId }: Place): string {
  return `arn:${partitionOf(region).name}:glue:${region}:${accountId}:${type}/${name}`;
}
