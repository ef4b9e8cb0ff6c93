import type { NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import type { AwsCredentialIdentity } from '@smithy/types';

/** Credentials in the SDK's own shape. */
export type Credentials = AwsCredentialIdentity;

/** What every client of a connection is made with. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
  /** Names as `sync-states.…` do not resolve on an endpoint of one's own. */
  readonly disableHostPrefix: boolean;
  /** Endpoints come from here only: the SDK would look at AWS_PROFILE instead of the connection's profile. */
  readonly ignoreConfiguredEndpointUrls: boolean;
  readonly credentials: () => Promise<Credentials>;
  /**
   * Options, not a handler or an agent of our own: the SDK then calls `http.request` and `https.request` of Node's own
   * modules, which VS Code patches in place when the extension host starts. With its default, `http.proxySupport:
   * override`, the agent that the SDK passes gives way to one that knows `http.proxy`, PAC files and the system's
   * certificates.
   */
  readonly requestHandler: NodeHttpHandlerOptions;
  /** Always 1: `retry.ts` is the one retry policy. */
  readonly maxAttempts: 1;
}
