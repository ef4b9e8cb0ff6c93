import { UserError } from '../../core/base/userError.ts';
import type { Denial, NameDetails } from '../../core/existence/inventory.ts';
import type { ResourceKind } from '../../core/existence/kinds.ts';
import { partitionOfRegion } from '../../core/language/arn.ts';
import type { CallerIdentity } from '../account.ts';
import type { GlueApi, GlueJob } from '../glue/api.ts';
import type { StepFunctionsApi } from '../stepFunctions/api.ts';
import { ServiceCalls, type CallerContext } from '../calls/caller.ts';
import { defined } from '../defined.ts';
import type { InventoryApi, ListedName } from './api.ts';
import type { InventoryCalls } from './listings.ts';
import { trustedServices } from './trust.ts';

/** The calls that only the inventory makes. */
export function inventoryCalls(context: CallerContext): Pick<InventoryCalls, 'lambda' | 'iam' | 'cloudControl'> {
  return {
    lambda: new ServiceCalls(context, 'lambda', async () => {
      const { lambdaClient, lambdaCommands } = await import('../sdk/lambda.ts');
      return { client: lambdaClient, commands: lambdaCommands };
    }),
    iam: new ServiceCalls(context, 'iam', async () => {
      const { iamClient, iamCommands } = await import('../sdk/iam.ts');
      return { client: iamClient, commands: iamCommands };
    }),
    cloudControl: new ServiceCalls(context, 'cloudcontrol', async () => {
      const { cloudControlClient, cloudControlCommands } = await import('../sdk/cloudControl.ts');
      return { client: cloudControlClient, commands: cloudControlCommands };
    }),
  };
}

export interface InventoryParts {
  readonly calls: InventoryCalls;
  readonly glue: Pick<GlueApi, 'listJobs' | 'listWorkflows'>;
  readonly stepFunctions: Pick<StepFunctionsApi, 'listStateMachines' | 'listAliases' | 'describeStateMachine'>;
  readonly region: string;
  readonly identity: (signal?: AbortSignal) => Promise<CallerIdentity>;
}

/** What an account has, by the listings of its services. */
export class Inventory implements InventoryApi {
  readonly #parts: InventoryParts;

  constructor(parts: InventoryParts) {
    this.#parts = parts;
  }

  async *list(kind: ResourceKind, signal?: AbortSignal): AsyncGenerator<readonly ListedName[]> {
    const { calls, glue, stepFunctions } = this.#parts;
    if (kind === 'glueJob') {
      for await (const page of glue.listJobs(signal)) yield page.map(listedJob);
    } else if (kind === 'glueWorkflow') yield* glue.listWorkflows(signal);
    else if (kind === 'stateMachine') yield* stepFunctions.listStateMachines(signal);
    else {
      const { listKind } = await import('./listings.ts');
      yield* listKind(kind, calls, signal);
    }
  }

  async qualifiers(
    kind: 'lambdaFunction' | 'stateMachine',
    name: string,
    signal?: AbortSignal,
  ): Promise<readonly string[] | undefined> {
    return await orMissing(async () =>
      kind === 'lambdaFunction' ? await this.#ofFunction(name, signal) : await this.#ofMachine(name, signal),
    );
  }

  async role(name: string, signal?: AbortSignal): Promise<NameDetails | undefined> {
    const { iam } = this.#parts.calls;
    return await orMissing(async () => {
      const { Role } = await iam.call('GetRole', { RoleName: name }, { signal });
      return defined({ trusts: trustedServices(Role?.AssumeRolePolicyDocument), roleArn: Role?.Arn });
    });
  }

  async hasBucket(name: string, signal?: AbortSignal): Promise<boolean> {
    try {
      await this.#parts.calls.s3.call('HeadBucket', { Bucket: name }, { signal });
      return true;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (error.code === 'not-found') return false;
      // Another account's bucket is there all the same.
      if (error.code === 'access-denied') return true;
      throw error;
    }
  }

  async machineRole(name: string, signal?: AbortSignal): Promise<string | undefined> {
    const arn = await this.#machineArn(name, signal);
    return await orMissing(async () => (await this.#parts.stepFunctions.describeStateMachine(arn, signal)).roleArn);
  }

  async denials(
    roleArn: string,
    { actions, resource }: { readonly actions: readonly string[]; readonly resource: string },
    signal?: AbortSignal,
  ): Promise<readonly Denial[]> {
    const { EvaluationResults = [] } = await this.#parts.calls.iam.call(
      'SimulatePrincipalPolicy',
      { PolicySourceArn: roleArn, ActionNames: [...actions], ResourceArns: [resource] },
      { signal },
    );
    return EvaluationResults.flatMap(({ EvalActionName, EvalDecision, MissingContextValues = [] }): Denial[] => {
      const action = actions.find((one) => one.toLowerCase() === EvalActionName?.toLowerCase());
      // A condition that nobody gave a value for says nothing of the real call.
      if (action === undefined || EvalDecision === 'allowed' || MissingContextValues.length > 0) return [];
      return [{ action, resource, isExplicit: EvalDecision === 'explicitDeny' }];
    });
  }

  async #ofFunction(name: string, signal: AbortSignal | undefined): Promise<readonly string[]> {
    const { lambda } = this.#parts.calls;
    const found: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await lambda.call('ListAliases', { FunctionName: name, ...defined({ Marker }) }, { signal });
      found.push(...(page.Aliases ?? []).flatMap(({ Name }) => Name ?? []));
      Marker = page.NextMarker;
    } while (Marker);
    do {
      const page = await lambda.call(
        'ListVersionsByFunction',
        { FunctionName: name, ...defined({ Marker }) },
        { signal },
      );
      found.push(...(page.Versions ?? []).flatMap(({ Version }) => Version ?? []));
      Marker = page.NextMarker;
    } while (Marker);
    return found;
  }

  async #ofMachine(name: string, signal: AbortSignal | undefined): Promise<readonly string[]> {
    const arn = await this.#machineArn(name, signal);
    const found = (await this.#parts.stepFunctions.listAliases(arn, signal)).map((alias) => alias.name);
    let nextToken: string | undefined;
    do {
      const page = await this.#parts.calls.states.call(
        'ListStateMachineVersions',
        { stateMachineArn: arn, maxResults: 1000, ...defined({ nextToken }) },
        { signal },
      );
      const versions = page.stateMachineVersions ?? [];
      found.push(...versions.flatMap(({ stateMachineVersionArn: one }) => one?.split(':').at(-1) ?? []));
      nextToken = page.nextToken;
    } while (nextToken);
    return found;
  }

  async #machineArn(name: string, signal: AbortSignal | undefined): Promise<string> {
    const { region, identity } = this.#parts;
    const { accountId } = await identity(signal);
    return `arn:${partitionOfRegion(region)}:states:${region}:${accountId}:stateMachine:${name}`;
  }
}

/** A job with the names of its arguments; values may be secrets, and nothing here needs them. */
export function listedJob({ name, defaultArguments, nonOverridableArguments }: GlueJob): ListedName {
  return {
    name,
    details: { arguments: Object.keys(defaultArguments), fixedArguments: Object.keys(nonOverridableArguments) },
  };
}

async function orMissing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof UserError && error.code === 'not-found') return undefined;
    throw error;
  }
}
