/** The services that Sluice calls, by the name that IAM gives their actions. */
export type ServiceName = 'glue' | 'states' | 's3' | 'logs' | 'sts';

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
 * around 10.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export const services = {
  glue: { serviceId: 'Glue', title: 'AWS Glue', perSecond: 8, burst: 20 },
  states: { serviceId: 'SFN', title: 'AWS Step Functions', perSecond: 8, burst: 30 },
  s3: { serviceId: 'S3', title: 'Amazon S3', perSecond: 100, burst: 200 },
  logs: { serviceId: 'CloudWatch Logs', title: 'CloudWatch Logs', perSecond: 8, burst: 10 },
  sts: { serviceId: 'STS', title: 'AWS STS', perSecond: 10, burst: 20 },
} as const satisfies Record<ServiceName, ServiceFacts>;
