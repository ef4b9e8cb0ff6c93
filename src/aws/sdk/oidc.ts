import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import type { NodeHttpHandlerOptions } from '@smithy/node-http-handler';

/** The calls of IAM Identity Center's OIDC service that a sign-in makes. None is signed. */
export const oidcCommands = {
  CreateToken: CreateTokenCommand,
  RegisterClient: RegisterClientCommand,
  StartDeviceAuthorization: StartDeviceAuthorizationCommand,
};

export interface OidcSettings {
  readonly region: string;
  readonly requestHandler: NodeHttpHandlerOptions;
  readonly endpoint?: string;
}

export function oidcClient(settings: OidcSettings): SSOOIDCClient {
  return new SSOOIDCClient({ ...settings, maxAttempts: 3 });
}

/** Where the service is, without a slash at the end: the authorize page is there too, but in no API model. */
export function oidcAddress(settings: OidcSettings, client: SSOOIDCClient): string {
  const address =
    settings.endpoint ?? client.config.endpointProvider({ Region: settings.region, UseFIPS: false }, {}).url.href;
  return address.replace(/\/+$/, '');
}
