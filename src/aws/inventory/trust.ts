import { isObject } from '../calls/foreign.ts';

/**
 * The services that the trust policy of a role lets assume it; undefined where it may let others as well: anybody, or what
 * a denial takes away again. `document` is the policy as IAM gives it, percent-encoded JSON.
 */
export function trustedServices(document: string | undefined): readonly string[] | undefined {
  const policy = readPolicy(document);
  if (policy === undefined) return undefined;
  const services = new Set<string>();
  for (const statement of listOf(policy['Statement'])) {
    if (!isRecord(statement) || statement['Effect'] !== 'Allow') return undefined;
    const actions = listOf(statement['Action']);
    const mayAssume = actions.some(
      (action) => typeof action === 'string' && /^(?:\*|sts:(?:\*|AssumeRole))$/i.test(action),
    );
    const principal = statement['Principal'];
    if (!isRecord(principal)) return undefined;
    if (!mayAssume) continue;
    for (const service of listOf(principal['Service'])) {
      if (typeof service !== 'string' || service.includes('*')) return undefined;
      services.add(plainService(service));
    }
  }
  return [...services].sort();
}

/** `states.eu-west-1.amazonaws.com` is `states.amazonaws.com` there. */
function plainService(service: string): string {
  return service.replace(/^([\w-]+)\.[a-z]{2,}(?:-[a-z]+)+-\d\.amazonaws\.com(?:\.cn)?$/, '$1.amazonaws.com');
}

function readPolicy(document: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const policy: unknown = JSON.parse(decodeURIComponent(document ?? ''));
    return isRecord(policy) ? policy : undefined;
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !Array.isArray(value);
}
