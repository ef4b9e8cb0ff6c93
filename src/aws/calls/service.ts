/** The services that Sluice calls, by the name that IAM gives their actions. */
export type ServiceName =
  'glue' | 'states' | 's3' | 'logs' | 'sts' | 'lambda' | 'iam' | 'cloudcontrol' | 'cloudformation';

interface ServiceFacts {
  /** The SDK's service id, as `services` sections and AWS_ENDPOINT_URL_… spell it. */
  readonly serviceId: string;
  readonly title: string;
  /** Calls in a second and in a burst: below the default quotas, so that other tools of the account keep some. */
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * Quotas as AWS documents them: Step Functions refills DescribeExecution at 10 to 15, ListExecutions at 5 to 10 a second;
 * CloudWatch Logs allows GetLogEvents 10 (25 in large regions) a second; Glue publishes none and starts to throttle
 * around 10. Lambda allows 15 reads a second that list, Cloud Control and IAM publish none and throttle early.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export const services = {
  glue: { serviceId: 'Glue', title: 'AWS Glue', perSecond: 8, burst: 20 },
  states: { serviceId: 'SFN', title: 'AWS Step Functions', perSecond: 8, burst: 30 },
  s3: { serviceId: 'S3', title: 'Amazon S3', perSecond: 100, burst: 200 },
  logs: { serviceId: 'CloudWatch Logs', title: 'CloudWatch Logs', perSecond: 8, burst: 10 },
  sts: { serviceId: 'STS', title: 'AWS STS', perSecond: 10, burst: 20 },
  lambda: { serviceId: 'Lambda', title: 'AWS Lambda', perSecond: 8, burst: 15 },
  iam: { serviceId: 'IAM', title: 'AWS IAM', perSecond: 4, burst: 10 },
  cloudformation: { serviceId: 'CloudFormation', title: 'AWS CloudFormation', perSecond: 4, burst: 8 },
  cloudcontrol: { serviceId: 'CloudControl', title: 'AWS Cloud Control', perSecond: 3, burst: 5 },
} as const satisfies Record<ServiceName, ServiceFacts>;
