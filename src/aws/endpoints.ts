import { UserError } from '../core/base/userError.ts';
import { services, type ServiceName } from './calls/service.ts';
import { type Section, type SharedConfig } from './profiles/sharedConfig.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The endpoint of one's own for a service, or undefined for AWS's. In AWS's order: AWS_ENDPOINT_URL_<SERVICE>,
 * AWS_ENDPOINT_URL, the profile's `services` section, the profile's `endpoint_url`; none of them where
 * AWS_IGNORE_CONFIGURED_ENDPOINT_URLS or the profile's `ignore_configured_endpoint_urls` says so. Throws
 * `profile-invalid` or `endpoint-invalid`.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function configuredEndpoint(
  service: ServiceName,
  profile: { readonly name: string; readonly section: Section },
  config: Pick<SharedConfig, 'services'>,
  environment: Environment,
): string | undefined {
  const { serviceId } = services[service];
  const ignores =
    environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? profile.section['ignore_configured_endpoint_urls'];
  if (ignores?.toLowerCase() === 'true') return undefined;

  const own = `AWS_ENDPOINT_URL_${serviceId.toUpperCase().replaceAll(' ', '_')}`;
  for (const variable of [own, 'AWS_ENDPOINT_URL']) {
    const url = environment[variable];
    if (url) return checked(url, `The environment variable ${variable}`, profile.name);
  }
  const group = profile.section['services'];
  if (group) {
    const section = config.services[group];
    if (!section) {
      throw new UserError(
        'profile-invalid',
        `Profile "${profile.name}" names the services section "${group}", which the AWS config file does not have.`,
        `Add [services ${group}] to the config file, or remove the setting.`,
        { profile: profile.name },
      );
    }
    const url = section[`${serviceId.toLowerCase().replaceAll(' ', '_')}.endpoint_url`];
    if (url) return checked(url, `Services section "${group}"`, profile.name);
  }
  const url = profile.section['endpoint_url'];
  return url ? checked(url, `Profile "${profile.name}"`, profile.name) : undefined;
}

/**
 * The variables that give another program, which knows nothing of the profile, the endpoints that `configuredEndpoint`
 * gives. Where there are none, they keep it from those of the default profile.
 */
export function endpointVariables(
  section: Section,
  config: Pick<SharedConfig, 'services'>,
  environment: Environment,
): Readonly<Record<string, string>> {
  const none = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
  const ignores = environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? section['ignore_configured_endpoint_urls'];
  if (ignores?.toLowerCase() === 'true') return none;
  const found: Record<string, string> = {};
  for (const [name, url] of Object.entries(environment))
    if (url && /^AWS_ENDPOINT_URL(?:_|$)/.test(name)) found[name] = url;
  // The one variable for all services comes before what the profile says of a single one.
  if (found['AWS_ENDPOINT_URL'] === undefined) {
    for (const [key, url] of Object.entries(config.services[section['services'] ?? ''] ?? {})) {
      const [, service] = /^(\w+)\.endpoint_url$/.exec(key) ?? [];
      if (service !== undefined && url) found[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ??= url;
    }
    const url = section['endpoint_url'];
    if (url) found['AWS_ENDPOINT_URL'] = url;
  }
  return Object.keys(found).length === 0 ? none : found;
}

function checked(url: string, source: string, profile: string): string {
  const { protocol } = URL.canParse(url) ? new URL(url) : { protocol: '' };
  if (protocol === 'http:' || protocol === 'https:') return url;
  throw new UserError(
    'endpoint-invalid',
    `${source} gives an endpoint that is no http or https address: "${url}".`,
    'Write it as http://host:port.',
    { profile },
  );
}
