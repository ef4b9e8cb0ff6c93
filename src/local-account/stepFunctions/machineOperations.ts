import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import type { Input } from '../http/input.ts';
import type { Operation } from '../http/jsonService.ts';
import { pageByKey } from '../http/paging.ts';
import { seconds } from '../http/time.ts';
import { checkedArn, checkedName, machineArn } from './arns.ts';
import { checkDefinition, findingsOf } from './definition.ts';
import type { MachineRecord, MachineType } from './records.ts';
import type { SfnState } from './sfnState.ts';

const machineTypes: readonly MachineType[] = ['STANDARD', 'EXPRESS'];

/** How the list operations of Step Functions ask for a page. */
export function pageAsk(input: Input) {
  return {
    token: input.optionalText('nextToken'),
    // 0 asks for the default.
    size: input.optionalInteger('maxResults', { min: 0, max: 1000 }) || 100,
    invalidCode: 'InvalidToken',
  };
}

/** The machine of an ARN, with or without a version or alias after it; throws StateMachineDoesNotExist. */
export function findMachine(state: SfnState, arn: string): MachineRecord {
  const machine = state.machines.get(checkedArn(arn)) ?? state.machines.get(arn.split(':').slice(0, 7).join(':'));
  if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return machine;
}

/** State machines: create, update, describe, list, delete, tag, validate. */
export function machineOperations(state: SfnState, clock: Clock, region: string): Readonly<Record<string, Operation>> {
  const { machines } = state;
  return {
    CreateStateMachine: async (input) => {
      const name = checkedName(input.text('name'));
      const arn = machineArn(region, name);
      const definition = input.text('definition');
      const roleArn = input.text('roleArn');
      const type = input.optionalWord('type', machineTypes) ?? 'STANDARD';
      checkDefinition(definition);
      const before = machines.get(arn);
      if (before) {
        const isSame = before.definition === definition && before.roleArn === roleArn && before.type === type;
        if (isSame) return { stateMachineArn: arn, creationDate: seconds(before.createdMs) };
        throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      }
      const now = clock.now();
      const machine: MachineRecord = {
        arn,
        name,
        type,
        definition,
        roleArn,
        revisionId: randomUUID(),
        createdMs: now,
        updatedMs: now,
        tags: tagsIn(input),
        ...configurationOf(input),
      };
      await machines.put(arn, machine);
      return { stateMachineArn: arn, creationDate: seconds(now) };
    },
    UpdateStateMachine: async (input) => {
      const before = findMachine(state, input.text('stateMachineArn'));
      const definition = input.optionalText('definition') ?? before.definition;
      const roleArn = input.optionalText('roleArn') ?? before.roleArn;
      checkDefinition(definition);
      const isChanged = definition !== before.definition || roleArn !== before.roleArn;
      const machine = {
        ...before,
        ...configurationOf(input),
        definition,
        roleArn,
        revisionId: isChanged ? randomUUID() : before.revisionId,
        updatedMs: clock.now(),
      };
      await machines.put(machine.arn, machine);
      return { updateDate: seconds(machine.updatedMs), revisionId: machine.revisionId };
    },
    DescribeStateMachine: (input) => {
      const machine = findMachine(state, input.text('stateMachineArn'));
      return {
        stateMachineArn: machine.arn,
        name: machine.name,
        status: 'ACTIVE',
        definition: machine.definition,
        roleArn: machine.roleArn,
        type: machine.type,
        creationDate: seconds(machine.createdMs),
        loggingConfiguration: machine.loggingConfiguration ?? { level: 'OFF', includeExecutionData: false },
        tracingConfiguration: machine.tracingConfiguration ?? { enabled: false },
        revisionId: machine.revisionId,
      };
    },
    ListStateMachines: (input) => {
      const sorted = [...machines.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
      const page = pageByKey(sorted, ({ arn }) => arn, pageAsk(input));
      return {
        stateMachines: page.items.map(({ arn, name, type, createdMs }) => ({
          stateMachineArn: arn,
          name,
          type,
          creationDate: seconds(createdMs),
        })),
        nextToken: page.nextToken,
      };
    },
    DeleteStateMachine: async (input) => {
      await machines.delete(checkedArn(input.text('stateMachineArn')));
      return {};
    },
    ValidateStateMachineDefinition: (input) => {
      const most = input.optionalInteger('maxResults', { min: 0, max: 100 }) || 100;
      const isWarned = input.optionalWord('severity', ['ERROR', 'WARNING']) === 'WARNING';
      const found = findingsOf(input.text('definition')).filter(
        ({ severity }) => severity === 1 || (isWarned && severity === 2),
      );
      return {
        result: found.some(({ severity }) => severity === 1) ? 'FAIL' : 'OK',
        diagnostics: found.slice(0, most).map(({ severity, code, message, range }) => ({
          severity: severity === 1 ? 'ERROR' : 'WARNING',
          code,
          message,
          location: `line ${range.start.line + 1}, column ${range.start.character + 1}`,
        })),
        truncated: found.length > most,
      };
    },
    ListTagsForResource: (input) => {
      const { tags } = findMachine(state, input.text('resourceArn'));
      return { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
    },
    TagResource: async (input) => {
      const machine = findMachine(state, input.text('resourceArn'));
      await machines.put(machine.arn, { ...machine, tags: { ...machine.tags, ...tagsIn(input) } });
      return {};
    },
    UntagResource: async (input) => {
      const machine = findMachine(state, input.text('resourceArn'));
      const dropped = input.texts('tagKeys');
      const tags = Object.fromEntries(Object.entries(machine.tags).filter(([key]) => !dropped.includes(key)));
      await machines.put(machine.arn, { ...machine, tags });
      return {};
    },
  };
}

function tagsIn(input: Input): Record<string, string> {
  const tags = input.optionalObjects('tags') ?? [];
  if (tags.length > 50) throw new AwsError('TooManyTags', 'A resource can have 50 tags.');
  return Object.fromEntries(
    tags.map((tag) => [tag.text('key', { min: 1, max: 128 }), tag.optionalText('value') ?? '']),
  );
}

function configurationOf(input: Input): Pick<MachineRecord, 'loggingConfiguration' | 'tracingConfiguration'> {
  const logging = input.optionalObject('loggingConfiguration')?.members;
  const tracing = input.optionalObject('tracingConfiguration')?.members;
  return { ...(logging && { loggingConfiguration: logging }), ...(tracing && { tracingConfiguration: tracing }) };
}
