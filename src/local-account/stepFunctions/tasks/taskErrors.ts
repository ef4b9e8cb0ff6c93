import { TaskFailure } from '../../../core/interpreter/index.ts';
import { AwsError } from '../../http/awsError.ts';

/**
 * A service's exception as the state sees it: `Glue.EntityNotFoundException`, and a cause with the facts that AWS names.
 * SDK integrations end every error name in Exception.
 */
export function toTaskFailure(service: string, thrown: unknown, isSdk: boolean): unknown {
  if (!(thrown instanceof AwsError)) return thrown;
  const code = isSdk && !thrown.code.endsWith('Exception') ? `${thrown.code}Exception` : thrown.code;
  return new TaskFailure(
    `${service}.${code}`,
    `${thrown.message} (Service: ${service}, Status Code: ${thrown.status}, Request ID: local)`,
  );
}
