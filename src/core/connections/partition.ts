/** An AWS partition: the first word of its ARNs after `arn:` and where its console is. */
export interface Partition {
  readonly name: string;
  /** Absent where the console's address is not public. */
  readonly consoleDomain?: string;
}

const partitions: readonly (Partition & { readonly regions: RegExp })[] = [
  { name: 'aws-cn', regions: /^cn-/, consoleDomain: 'console.amazonaws.cn' },
  { name: 'aws-us-gov', regions: /^us-gov-/, consoleDomain: 'console.amazonaws-us-gov.com' },
  { name: 'aws-iso-b', regions: /^us-isob-/ },
  { name: 'aws-iso-e', regions: /^eu-isoe-/ },
  { name: 'aws-iso-f', regions: /^us-isof-/ },
  { name: 'aws-iso', regions: /^us-iso-/ },
  { name: 'aws-eusc', regions: /^eusc-/, consoleDomain: 'console.amazonaws-eusc.eu' },
];

const standard: Partition = { name: 'aws', consoleDomain: 'console.aws.amazon.com' };

export function partitionOf(region: string): Partition {
  return partitions.find(({ regions }) => regions.test(region)) ?? standard;
}
