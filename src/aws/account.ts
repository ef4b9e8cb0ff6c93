import type { Connection } from '../core/connections/connection.ts';
import type { RunPorts } from '../core/runs/ports.ts';
import type { GlueApi } from './glue/api.ts';
import type { InventoryApi } from './inventory/api.ts';
import type { S3Api } from './s3/api.ts';
import type { StackResource } from './stacks.ts';
import type { StepFunctionsApi } from './stepFunctions/api.ts';

export interface CallerIdentity {
  readonly accountId: string;
  /** ARN of the user or assumed role that the calls are made as. */
  readonly arn: string;
}

/** Credentials to hand on, with the moment they end where they do. */
export interface AccountCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Everything Sluice asks of one connection. Clients are made on first use; `dispose` aborts what is under way. */
export interface Account extends RunPorts {
  readonly connection: Connection;
  readonly glue: GlueApi;
  readonly stepFunctions: StepFunctionsApi;
  readonly s3: S3Api;
  readonly inventory: InventoryApi;
  /** The CloudFormation stack (also of SAM and CDK) that made a resource, by CloudFormation itself; undefined where none did. */
  stackOf(resource: StackResource, signal?: AbortSignal): Promise<string | undefined>;
  identity(signal?: AbortSignal): Promise<CallerIdentity>;
  /** The connection's credentials, renewed where they are about to end. For a script of the user's; never for a log. */
  credentials(signal: AbortSignal): Promise<AccountCredentials>;
  /** Variables by which another program calls the endpoints that this connection calls, and trusts what it trusts. */
  variables(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  dispose(): void;
}
