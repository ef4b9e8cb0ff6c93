import { isMembers, type Members } from '../http/input.ts';

/**
 * Whether a trust policy lets a service assume its role: the last word has Deny. Conditions are taken as met.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function trusts(policy: string, service: string): boolean {
  const found = statementsOf(policy).filter(
    (statement) =>
      texts(statement['Action']).some((action) => ['sts:assumerole', 'sts:*', '*'].includes(action.toLowerCase())) &&
      isPrincipal(statement['Principal'], service),
  );
  return found.some(({ Effect }) => Effect === 'Allow') && !found.some(({ Effect }) => Effect === 'Deny');
}

/** Statements of a policy; none where the text is no policy. */
export function statementsOf(policy: string): readonly Members[] {
  try {
    const parsed: unknown = JSON.parse(policy);
    const statement = isMembers(parsed) ? parsed['Statement'] : undefined;
    return (Array.isArray(statement) ? (statement as readonly unknown[]) : [statement]).filter(isMembers);
  } catch {
    return [];
  }
}

/** A service is named as a whole or in one region: `states.amazonaws.com`, `states.eu-west-1.amazonaws.com`. */
function isPrincipal(principal: unknown, service: string): boolean {
  if (principal === '*') return true;
  if (!isMembers(principal)) return false;
  const [name = '', ...rest] = service.split('.');
  return texts(principal['Service']).some(
    (given) => given === service || (given.startsWith(`${name}.`) && given.endsWith(`.${rest.join('.')}`)),
  );
}

function texts(value: unknown): readonly string[] {
  const all = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  return all.filter((each) => typeof each === 'string');
}
