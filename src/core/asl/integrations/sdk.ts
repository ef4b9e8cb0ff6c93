import data from './sdkServices.json';

/** What a literal must be: string, number, boolean, list, object (structure or map), timestamp, anything. */
export type MemberKind = 's' | 'n' | 'b' | 'l' | 'o' | 't' | 'a';

/** The kinds as people say them. */
export const MEMBER_KINDS: Readonly<Record<MemberKind, string>> = {
  s: 'string',
  n: 'number',
  b: 'true or false',
  l: 'array',
  o: 'object',
  t: 'timestamp',
  a: 'any value',
};

export interface ApiMember {
  /** In PascalCase, as Step Functions wants it. */
  readonly name: string;
  readonly kind: MemberKind;
  readonly isRequired: boolean;
}

export interface ApiAction {
  /** As in the service's API: `StartJobRun`. */
  readonly name: string;
  readonly members: readonly ApiMember[];
}

const services: Readonly<Record<string, string>> = data.services;
const read = new Map<string, ReadonlyMap<string, ApiAction>>();

/** The services that AWS SDK tasks can call, named as in resource ARNs: those of the AWS SDK for Java 2, in lower case. */
export function sdkServiceNames(): readonly string[] {
  return Object.keys(services);
}

/** The actions of a service by their name in resource ARNs (`startJobRun`); undefined for an unknown service. */
export function sdkActions(service: string): ReadonlyMap<string, ApiAction> | undefined {
  let actions = read.get(service);
  const text = Object.hasOwn(services, service) ? services[service] : undefined;
  if (actions === undefined && text !== undefined) {
    actions = new Map(text.split(';').map(readAction));
    read.set(service, actions);
  }
  return actions;
}

function readAction(text: string): [string, ApiAction] {
  const colon = text.indexOf(':');
  const name = text.slice(0, colon);
  const members = text.slice(colon + 1);
  let list: readonly ApiMember[] | undefined;
  const action: ApiAction = {
    name,
    get members() {
      list ??= members === '' ? [] : members.split(',').map(readMember);
      return list;
    },
  };
  return [actionName(name), action];
}

function readMember(text: string): ApiMember {
  const isRequired = text.at(-2) === '!';
  return { name: text.slice(0, isRequired ? -2 : -1), kind: text.slice(-1) as MemberKind, isRequired };
}

/** As the AWS SDK for Java 2 writes the methods: the first letter, or a leading acronym, in lower case. */
function actionName(name: string): string {
  const acronym = /^[A-Z]+(?=[A-Z][a-z])/.exec(name)?.[0] ?? name.slice(0, 1);
  return acronym.toLowerCase() + name.slice(acronym.length);
}
