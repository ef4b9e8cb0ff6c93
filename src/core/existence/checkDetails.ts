import type { AslDefinition } from '../asl/index.ts';
import { nearest } from '../language/nearest.ts';
import { within, type Fix, type RuleProblem } from '../language/rules/rule.ts';
import { anyOf, didYouMean, quote } from '../language/words.ts';
import { matchArgument } from '../workspace/rules/given.ts';
import { kindTitle, type InventorySnapshot, type NameDetails } from './inventory.ts';
import type { Mention } from './mentions.ts';
import type { Need } from './needs.ts';
import { deployedArguments, deployedTrust, notFound, permissionDenied } from './rules.ts';

/** What is otherwise than a mention has it, of something that is there. */
export function detailProblems(mention: Mention, details: NameDetails, inventory: InventorySnapshot): RuleProblem[] {
  const { kind, name, node, qualifier, service, given } = mention;
  const { qualifiers, trusts } = details;
  const found: RuleProblem[] = [];
  if (qualifier !== undefined && !/^\$/.test(qualifier) && qualifiers?.includes(qualifier) === false) {
    const meant = nearest(qualifier, qualifiers);
    const isVersion = /^\d+$/.test(qualifier);
    found.push({
      rule: notFound,
      at: node,
      message: `The ${kindTitle(kind)} ${quote(name)} in ${inventory.place} has no ${isVersion ? 'version' : 'alias'} ${quote(qualifier)}.${didYouMean(meant)}`,
      fixes: changeTo(mention, qualifier, meant),
    });
  }
  if (service !== undefined && trusts?.includes(service) === false) {
    found.push({
      rule: deployedTrust,
      at: node,
      message: `${SERVICES[service] ?? service} cannot assume the role ${quote(name)}: ${trusted(trusts)}, not ${service}.`,
    });
  }
  if (given !== undefined && details.arguments !== undefined) found.push(...argumentProblems(name, given, details));
  return found;
}

const SERVICES: Readonly<Record<string, string>> = {
  'glue.amazonaws.com': 'Glue',
  'states.amazonaws.com': 'Step Functions',
};

const PATH_END = /\.\$$/;

/** Arguments of a run that the deployed job has otherwise. */
function argumentProblems(
  job: string,
  given: NonNullable<Mention['given']>,
  { arguments: own = [], fixedArguments: fixed = [] }: NameDetails,
): RuleProblem[] {
  // A path's key says so at its end, which is no part of the argument.
  const plain = (name: string): string => name.replace(/^-+/, '').replace(PATH_END, '');
  const names = new Set(given.map(({ value }) => plain(value)));
  const nowhere = { start: 0, end: 0 };
  // What the job has is what its script asks for, as far as anybody knows; it may ask for more.
  const script = {
    options: own.map((name) => ({
      name: plain(name),
      isConditional: false,
      spot: { ...nowhere, text: plain(name), isLiteral: false },
    })),
    uses: [],
    isOpen: true,
    anchor: undefined,
    problems: [],
  };
  return given.flatMap((node): RuleProblem[] => {
    const name = plain(node.value);
    const key = within(node, 0, node.value.length);
    if (fixed.includes(`--${name}`)) {
      const message = `The deployed job ${quote(job)} fixes --${name} (NonOverridableArguments): what is given here is ignored.`;
      return [{ rule: deployedArguments, at: key, message }];
    }
    const spot = { ...nowhere, text: name, isLiteral: false };
    const match = matchArgument(
      { name, written: node.value.replace(PATH_END, ''), spot, key: nowhere, value: undefined },
      names,
      script,
    );
    if (match.kind !== 'misspelt') return [];
    const meant = `--${match.option.name}`;
    const value = `${meant}${PATH_END.exec(node.value)?.[0] ?? ''}`;
    return [
      {
        rule: deployedArguments,
        at: key,
        message: `The deployed job ${quote(job)} has no argument --${name}.${didYouMean(meant)}`,
        fixes: [{ title: `Change to ${meant}`, isSafe: false, edits: [{ kind: 'replaceString', node, value }] }],
      },
    ];
  });
}

/** What a role may not do, of what is needed of it. */
export function checkNeeds(needs: readonly Need[], { kinds, place }: InventorySnapshot): RuleProblem[] {
  return needs.flatMap(({ role, action, resource, node }): RuleProblem[] => {
    const denials = kinds.iamRole?.details?.get(role)?.denied ?? [];
    const denial = denials.find((one) => one.action === action && one.resource === resource);
    if (denial === undefined) return [];
    const message = denial.isExplicit
      ? `A policy denies the role ${quote(role)} in ${place} ${action} on ${resource} explicitly.`
      : `No policy of the role ${quote(role)} in ${place} allows ${action} on ${resource}.`;
    return [{ rule: permissionDenied, at: node, message, ...(denial.isExplicit && { severity: 'error' as const }) }];
  });
}

/** Whether Step Functions may assume the role of the deployed machine, said at the name of the first state. */
export function checkMachineRole(
  { machine }: Pick<AslDefinition, 'machine'>,
  role: string | undefined,
  { kinds, place }: InventorySnapshot,
): RuleProblem[] {
  const startAt = machine?.node.get('StartAt');
  const trusts = role === undefined ? undefined : kinds.iamRole?.details?.get(role)?.trusts;
  if (role === undefined || startAt === undefined || trusts?.includes(STATES) !== false) return [];
  const message = `Step Functions cannot assume the role ${quote(role)} of the deployed machine in ${place}: ${trusted(trusts)}, not ${STATES}.`;
  return [{ rule: deployedTrust, at: startAt, message }];
}

const STATES = 'states.amazonaws.com';

function trusted(services: readonly string[]): string {
  return `its trust policy lets ${services.length === 0 ? 'no service' : anyOf(services, 'and')} assume it`;
}

/** Another name in the place of the one that is mentioned. */
export function changeTo({ node }: Mention, name: string, meant: string | undefined): Fix[] {
  if (meant === undefined) return [];
  const at = node.value.lastIndexOf(name);
  const value = node.value.slice(0, at) + meant + node.value.slice(at + name.length);
  return [{ title: `Change to ${quote(meant)}`, isSafe: false, edits: [{ kind: 'replaceString', node, value }] }];
}
