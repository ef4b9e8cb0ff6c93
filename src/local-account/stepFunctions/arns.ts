import { AwsError } from '../http/awsError.ts';
import { accountId } from '../sts.ts';

export function machineArn(region: string, name: string): string {
  return `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
}

export function executionArn(machine: string, name: string): string {
  return `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** Express executions carry an id of their own after the name. */
export function expressArn(machine: string, name: string, id: string): string {
  return `${machine.replace(':stateMachine:', ':express:')}:${name}:${id}`;
}

export function activityArn(region: string, name: string): string {
  return `arn:aws:states:${region}:${accountId}:activity:${name}`;
}

/** Checks a name as Step Functions does; throws InvalidName. */
export function checkedName(name: string): string {
  const isValid =
    name.length >= 1 && name.length <= 80 && !/[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/.test(name);
  if (isValid) return name;
  throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
}

/** Checks that a text is the ARN of an IAM role; throws InvalidArn. Any account will do: definitions come from elsewhere. */
export function checkedRoleArn(arn: string): string {
  if (/^arn:[^:]+:iam::\d+:role\/[\w+=,.@/-]+$/.test(arn)) return arn;
  throw new AwsError('InvalidArn', `Invalid Role Arn: '${arn}'`);
}

/** Checks that a text is an ARN of Step Functions; throws InvalidArn. */
export function checkedArn(arn: string): string {
  if (/^arn:[^:]+:states:[^:]*:\d{12}:[A-Za-z]+:.+$/.test(arn)) return arn;
  throw new AwsError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
}
