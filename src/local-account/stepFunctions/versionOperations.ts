import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import type { Operation } from '../http/jsonService.ts';
import { pageByKey } from '../http/paging.ts';
import { seconds } from '../http/time.ts';
import { checkedArn } from './arns.ts';
import { machineOf, pageAsk } from './machineOperations.ts';
import { publishVersion, versionsOf } from './publishVersion.ts';
import type { SfnState } from './sfnState.ts';

/** Versions of state machines: publish, list, delete. */
export function versionOperations(state: SfnState, clock: Clock): Readonly<Record<string, Operation>> {
  return {
    PublishStateMachineVersion: async (input) => {
      const machine = machineOf(state, input.text('stateMachineArn'));
      const revisionId = input.optionalText('revisionId');
      if (revisionId !== undefined && revisionId !== machine.revisionId) {
        throw new AwsError(
          'ConflictException',
          `Failed to publish the State Machine version for revision ${revisionId}. The current State Machine revision is ${machine.revisionId}.`,
          409,
        );
      }
      const version = await publishVersion(
        state,
        machine,
        clock.now(),
        input.optionalText('description', { max: 256 }),
      );
      return { stateMachineVersionArn: version.arn, creationDate: seconds(version.createdMs) };
    },
    ListStateMachineVersions: (input) => {
      const { arn } = machineOf(state, input.text('stateMachineArn'));
      const page = pageByKey(versionsOf(state, arn), (version) => version.arn, pageAsk(input));
      return {
        stateMachineVersions: page.items.map((version) => ({
          stateMachineVersionArn: version.arn,
          creationDate: seconds(version.createdMs),
        })),
        nextToken: page.nextToken,
      };
    },
    DeleteStateMachineVersion: async (input) => {
      const arn = checkedArn(input.text('stateMachineVersionArn'));
      const users = state.aliases.values().filter(({ routes }) => routes.some(({ versionArn }) => versionArn === arn));
      if (users.length > 0) {
        throw new AwsError(
          'ConflictException',
          `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${users.map(({ name }) => name).join(', ')}]`,
          409,
        );
      }
      await state.versions.delete(arn);
      return {};
    },
  };
}
