import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import type { Input } from '../http/input.ts';
import type { Operation } from '../http/jsonService.ts';
import { pageByKey } from '../http/paging.ts';
import { seconds } from '../http/time.ts';
import type { Roles } from '../iam/roles.ts';
import { checkedArn, checkedName, machineArn, checkedRoleArn } from './arns.ts';
import { checkDefinition, findingsOf } from './definition.ts';
import { publishVersion } from './publishVersion.ts';
import { qualifiedMachine } from './qualified.ts';
import type { MachineRecord, MachineType } from './records.ts';
import type { SfnState } from './sfnState.ts';
import { tagsIn } from './tagOperations.ts';

const mostMachines = 10_000;
const definitionLimits = { min: 1, max: 1024 * 1024 };
const arnLimits = { min: 1, max: 256 };
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

/** Checks that Step Functions may assume a role; throws AccessDeniedException. */
function assumableRole(roles: Roles, arn: string): string {
  if (roles.isAssumable(checkedRoleArn(arn), 'states.amazonaws.com')) return arn;
  const message =
    'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.';
  throw new AwsError('AccessDeniedException', message);
}

/** The machine of an ARN without a version or alias after it; throws StateMachineDoesNotExist. */
export function machineOf(state: SfnState, arn: string): MachineRecord {
  const machine = state.machines.get(checkedArn(arn));
  if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return machine;
}

export interface MachineParts {
  readonly clock: Clock;
  readonly region: string;
  readonly roles: Roles;
}

/** State machines: create, update, describe, list, delete, validate. */
export function machineOperations(
  state: SfnState,
  { clock, region, roles }: MachineParts,
): Readonly<Record<string, Operation>> {
  const { machines } = state;
  const publishedBy = async (input: Input, machine: MachineRecord): Promise<object> => {
    if (input.optionalBoolean('publish') !== true) return {};
    const version = await publishVersion(
      state,
      machine,
      clock.now(),
      input.optionalText('versionDescription', { max: 256 }),
    );
    return { stateMachineVersionArn: version.arn };
  };
  return {
    CreateStateMachine: async (input) => {
      const name = checkedName(input.text('name'));
      const arn = machineArn(region, name);
      const definition = input.text('definition', definitionLimits);
      const roleArn = assumableRole(roles, input.text('roleArn', arnLimits));
      const type = input.optionalWord('type', machineTypes) ?? 'STANDARD';
      checkDefinition(definition);
      const before = machines.get(arn);
      if (before) {
        const isSame = before.definition === definition && before.roleArn === roleArn && before.type === type;
        if (isSame)
          return {
            stateMachineArn: arn,
            creationDate: seconds(before.createdMs),
            ...(await publishedBy(input, before)),
          };
        throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      }
      if (machines.size >= mostMachines) {
        throw new AwsError('StateMachineLimitExceeded', `An account can have ${mostMachines} state machines.`);
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
      return { stateMachineArn: arn, creationDate: seconds(now), ...(await publishedBy(input, machine)) };
    },
    UpdateStateMachine: async (input) => {
      const before = machineOf(state, input.text('stateMachineArn'));
      const definition = input.optionalText('definition', definitionLimits) ?? before.definition;
      const given = input.optionalText('roleArn', arnLimits);
      const roleArn = given === undefined ? before.roleArn : assumableRole(roles, given);
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
      const published = await publishedBy(input, machine);
      return { updateDate: seconds(machine.updatedMs), revisionId: machine.revisionId, ...published };
    },
    DescribeStateMachine: (input) => {
      const arn = input.text('stateMachineArn');
      const { machine, version } = qualifiedMachine(state, arn, 0);
      return {
        stateMachineArn: arn,
        name: machine.name,
        status: 'ACTIVE',
        definition: machine.definition,
        roleArn: machine.roleArn,
        type: machine.type,
        creationDate: seconds(version?.createdMs ?? machine.createdMs),
        description: version?.description,
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
      const arn = checkedArn(input.text('stateMachineArn'));
      const isOfIt = ({ machineArn: owner }: { readonly machineArn: string }): boolean => owner === arn;
      for (const alias of state.aliases.values().filter(isOfIt)) await state.aliases.delete(alias.arn);
      for (const version of state.versions.values().filter(isOfIt)) await state.versions.delete(version.arn);
      await machines.delete(arn);
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
  };
}

function configurationOf(input: Input): Pick<MachineRecord, 'loggingConfiguration' | 'tracingConfiguration'> {
  const logging = input.optionalObject('loggingConfiguration')?.members;
  const tracing = input.optionalObject('tracingConfiguration')?.members;
  return { ...(logging && { loggingConfiguration: logging }), ...(tracing && { tracingConfiguration: tracing }) };
}
