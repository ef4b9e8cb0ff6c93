import type { Denial, NameDetails } from '../../core/existence/inventory.ts';
import type { ResourceKind } from '../../core/existence/kinds.ts';

/** One thing of a listing, with what the listing tells of it besides. */
export interface ListedName {
  readonly name: string;
  readonly details?: NameDetails;
}

/** What an account has by name. Nothing here changes anything. All calls reject with UserError. */
export interface InventoryApi {
  /** Every name of a kind, page by page. */
  list(kind: ResourceKind, signal?: AbortSignal): AsyncIterable<readonly ListedName[]>;
  /** Aliases and versions; undefined where there is no such function or machine. */
  qualifiers(
    kind: 'lambdaFunction' | 'stateMachine',
    name: string,
    signal?: AbortSignal,
  ): Promise<readonly string[] | undefined>;
  /** Who may assume a role; undefined where there is none of that name. */
  role(name: string, signal?: AbortSignal): Promise<NameDetails | undefined>;
  /** Whether there is such a bucket, whomever it belongs to. */
  hasBucket(name: string, signal?: AbortSignal): Promise<boolean>;
  /** The ARN of the role of a machine; undefined where there is no such machine. */
  machineRole(name: string, signal?: AbortSignal): Promise<string | undefined>;
  /** What of the actions on a resource the policies of a role deny, by IAM's own simulation. */
  denials(
    roleArn: string,
    call: { readonly actions: readonly string[]; readonly resource: string },
    signal?: AbortSignal,
  ): Promise<readonly Denial[]>;
}
