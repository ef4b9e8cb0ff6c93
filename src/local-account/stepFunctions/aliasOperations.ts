import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import type { Input } from '../http/input.ts';
import type { Operation } from '../http/jsonService.ts';
import { pageByKey } from '../http/paging.ts';
import { seconds } from '../http/time.ts';
import { checkedArn } from './arns.ts';
import { machineOf, pageAsk } from './machineOperations.ts';
import type { AliasRecord, AliasRoute } from './records.ts';
import type { SfnState } from './sfnState.ts';

const mostAliases = 100;

/** Aliases of state machines: names that route to one version, or by weight to two. */
export function aliasOperations(state: SfnState, clock: Clock): Readonly<Record<string, Operation>> {
  const { aliases } = state;
  const get = (arn: string): AliasRecord => {
    const alias = aliases.get(checkedArn(arn));
    if (!alias) throw new AwsError('ResourceNotFound', `Request references a resource that does not exist: '${arn}'`);
    return alias;
  };
  return {
    CreateStateMachineAlias: async (input) => {
      const name = input.text('name', { min: 1, max: 80, pattern: /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]+$/ });
      const description = input.optionalText('description', { max: 256 });
      const routes = routesIn(state, input);
      const machineArn = state.versions.get(routes[0]?.versionArn ?? '')?.machineArn ?? '';
      const arn = `${machineArn}:${name}`;
      const before = aliases.get(arn);
      if (before) {
        const isSame = isDeepStrictEqual(before.routes, routes) && before.description === description;
        if (isSame) return { stateMachineAliasArn: arn, creationDate: seconds(before.createdMs) };
        throw new AwsError('ConflictException', `Alias ${name} exists with another configuration.`, 409);
      }
      const siblings = aliases.values().filter((alias) => alias.machineArn === machineArn);
      if (siblings.length >= mostAliases) {
        const message = `A state machine can have ${mostAliases} aliases. Delete those that are not used.`;
        throw new AwsError('ServiceQuotaExceededException', message, 402);
      }
      const now = clock.now();
      const alias = { arn, machineArn, name, routes, createdMs: now, updatedMs: now };
      await aliases.put(arn, { ...alias, ...(description !== undefined && { description }) });
      return { stateMachineAliasArn: arn, creationDate: seconds(now) };
    },
    UpdateStateMachineAlias: async (input) => {
      const before = get(input.text('stateMachineAliasArn'));
      const description = input.optionalText('description', { max: 256 }) ?? before.description;
      const routes = input.has('routingConfiguration') ? routesIn(state, input, before.machineArn) : before.routes;
      const alias = { ...before, routes, ...(description !== undefined && { description }), updatedMs: clock.now() };
      await aliases.put(before.arn, alias);
      return { updateDate: seconds(alias.updatedMs) };
    },
    DescribeStateMachineAlias: (input) => {
      const alias = get(input.text('stateMachineAliasArn'));
      return {
        stateMachineAliasArn: alias.arn,
        name: alias.name,
        description: alias.description,
        routingConfiguration: alias.routes.map(({ versionArn, weight }) => ({
          stateMachineVersionArn: versionArn,
          weight,
        })),
        creationDate: seconds(alias.createdMs),
        updateDate: seconds(alias.updatedMs),
      };
    },
    ListStateMachineAliases: (input) => {
      const arn = input.text('stateMachineArn');
      const version = state.versions.get(arn);
      const machineArn = version?.machineArn ?? machineOf(state, arn).arn;
      const found = aliases
        .values()
        .filter((alias) => alias.machineArn === machineArn)
        .filter(({ routes }) => !version || routes.some(({ versionArn }) => versionArn === arn))
        .sort((left, right) => (left.name < right.name ? -1 : 1));
      const page = pageByKey(found, (alias) => alias.arn, pageAsk(input));
      return {
        stateMachineAliases: page.items.map((alias) => ({
          stateMachineAliasArn: alias.arn,
          creationDate: seconds(alias.createdMs),
        })),
        nextToken: page.nextToken,
      };
    },
    DeleteStateMachineAlias: async (input) => {
      await aliases.delete(get(input.text('stateMachineAliasArn')).arn);
      return {};
    },
  };
}

/** The routes of a request: one or two versions of one machine, weights that make 100. */
function routesIn(state: SfnState, input: Input, machineArn?: string): readonly AliasRoute[] {
  const routes = (input.optionalObjects('routingConfiguration') ?? []).map((route) => ({
    versionArn: route.text('stateMachineVersionArn'),
    weight: route.optionalInteger('weight', { min: 0, max: 100 }) ?? 0,
  }));
  const [first, second] = routes;
  if (!first || routes.length > 2) throw input.invalid('An alias routes to one version or to two.');
  if (first.versionArn === second?.versionArn) throw input.invalid('An alias routes to two different versions.');
  if (first.weight + (second?.weight ?? 0) !== 100)
    throw input.invalid('Sum of routing configuration weights must equal 100');
  const owners = routes.map(({ versionArn }) => {
    const version = state.versions.get(checkedArn(versionArn));
    if (version) return version.machineArn;
    throw new AwsError('ResourceNotFound', `Request references a resource that does not exist: '${versionArn}'`);
  });
  if (owners.some((owner) => owner !== (machineArn ?? owners[0]))) {
    throw input.invalid('The versions of an alias belong to one state machine.');
  }
  return routes;
}
