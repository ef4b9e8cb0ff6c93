import { UserError } from '../core/base/userError.ts';
import { ServiceCalls, type CallerContext } from './calls/caller.ts';
import type { cloudFormationCommands } from './sdk/cloudFormation.ts';

export type CloudFormationCalls = ServiceCalls<typeof cloudFormationCommands>;

export function cloudFormationCalls(context: CallerContext): CloudFormationCalls {
  return new ServiceCalls(context, 'cloudformation', async () => {
    const { cloudFormationClient, cloudFormationCommands } = await import('./sdk/cloudFormation.ts');
    return { client: cloudFormationClient, commands: cloudFormationCommands };
  });
}

/** What a stack may have made, by CloudFormation's own names. */
export interface StackResource {
  readonly type: 'AWS::Glue::Job' | 'AWS::StepFunctions::StateMachine';
  /** The name of a job, the ARN of a state machine. */
  readonly physicalId: string;
}

/**
 * The stack that made a resource, as CloudFormation tells it; undefined where none did. Rejects with UserError.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html
 */
export async function describeStackOf(
  calls: CloudFormationCalls,
  { type, physicalId }: StackResource,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const { StackResources = [] } = await calls.call(
      'DescribeStackResources',
      { PhysicalResourceId: physicalId },
      { signal },
    );
    // A name is unique among things of one type only, and the reply holds all of the stack.
    return StackResources.find((each) => each.PhysicalResourceId === physicalId && each.ResourceType === type)
      ?.StackName;
  } catch (error) {
    // "Stack for … does not exist" is a ValidationError, as for everything that no stack made.
    if (error instanceof UserError && /does not exist/i.test(error.message)) return undefined;
    throw error;
  }
}
