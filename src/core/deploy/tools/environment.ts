/** Keys of an account for a program, and the region that it works in. */
export interface ToolCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly region: string;
}

/** What else a program has to be told so that it calls where the connection calls: endpoints and certificates, by variable. */
export type ToolPlace = Readonly<Record<string, string>>;

/** Variables by which an SDK would find other credentials, another region or another endpoint than those it is given. */
const OTHERS =
  /^AWS_(?:PROFILE|DEFAULT_PROFILE|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|CREDENTIAL_EXPIRATION|REGION|DEFAULT_REGION|ROLE_ARN|ROLE_SESSION_NAME|WEB_IDENTITY_TOKEN_FILE|CONTAINER_\w+|ENDPOINT_URL\w*|IGNORE_CONFIGURED_ENDPOINT_URLS)$/i;

/** The environment that a tool runs with: the one around it, with these credentials and endpoints alone. */
export function toolEnvironment(
  around: Readonly<Record<string, string | undefined>>,
  { accessKeyId, secretAccessKey, sessionToken, region }: ToolCredentials,
  place: ToolPlace = {},
): Record<string, string> {
  const kept = Object.entries(around).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !OTHERS.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    ...place,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}
