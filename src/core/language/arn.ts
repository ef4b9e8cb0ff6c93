import { byText } from './byText.ts';

/** The partitions of AWS, each with the regions that are in it; what is in none of the others is in `aws`. */
const REGIONS: readonly (readonly [partition: string, regions: RegExp])[] = [
  ['aws-cn', /^cn-/],
  ['aws-us-gov', /^us-gov-/],
  ['aws-iso-b', /^us-isob-/],
  ['aws-iso-e', /^eu-isoe-/],
  ['aws-iso-f', /^us-isof-/],
  ['aws-iso', /^us-iso-/],
  ['aws-eusc', /^eusc-/],
];

export const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc'];

/** The parts of an ARN. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** The parts of a text that begins as an ARN does, however many there are. */
export function readArn(text: string): Arn | undefined {
  if (!/^arn:/i.test(text)) return undefined;
  const [, partition = '', service = '', region = '', account = '', ...rest] = partsOf(text);
  return { partition, service, region, account, resource: rest.join(':') };
}

/** Colons inside of `${AWS::Region}` separate nothing. */
function partsOf(text: string): string[] {
  if (!text.includes('{')) return text.split(':');
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (character === ':' && depth <= 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

interface ServiceForm {
  /** Whether its ARNs have a region and an account. */
  readonly has: 'both' | 'account' | 'none' | 'any';
  readonly resource: RegExp;
  /** What the resource part looks like. */
  readonly form: string;
}

const NAME = '[^\\s:/]+';
const form = (has: ServiceForm['has'], pattern: string, text: string): ServiceForm => ({
  has,
  resource: new RegExp(`^(?:${pattern})$`),
  form: text,
});

/** What the services that pipelines use put into their ARNs. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const SERVICES: Readonly<Record<string, ServiceForm>> = {
  lambda: form(
    'both',
    `function:[^\\s:]+(?::[^\\s:]+)?|(?:layer|event-source-mapping|code-signing-config|capacity-provider):.+`,
    'function:<name>',
  ),
  glue: form(
    'both',
    '(?:job|crawler|workflow|trigger|connection|database|table|tableVersion|devEndpoint|session|registry|schema|mlTransform|dataQualityRuleset|userDefinedFunction|blueprint|catalog|securityConfiguration|usageProfile|customEntityType|classifier|integration|completion)(?:[/:].*)?',
    'job/<name>',
  ),
  iam: form(
    'account',
    '(?:role|user|group|policy|instance-profile|oidc-provider|saml-provider|mfa|server-certificate)/.+|root',
    'role/<name>',
  ),
  kms: form('both', '(?:key|alias)/.+', 'key/<id> or alias/<name>'),
  sns: form('both', `${NAME}(?::${NAME})?`, '<topic>'),
  sqs: form('both', NAME, '<queue>'),
  dynamodb: form('both', '(?:table|global-table)/.+|(?:table|global-table)::.+', 'table/<name>'),
  secretsmanager: form('both', 'secret:.+', 'secret:<name>'),
  events: form(
    'any',
    '(?:event-bus|rule|connection|api-destination|archive|replay|endpoint|event-source)/.+',
    'event-bus/<name>',
  ),
  ecs: form(
    'both',
    '(?:cluster|task-definition|task|service|container-instance|capacity-provider)/.+',
    'cluster/<name>',
  ),
  batch: form(
    'both',
    '(?:job-queue|job-definition|compute-environment|job|scheduling-policy|consumable-resource|service-environment)/.+',
    'job-queue/<name>',
  ),
  s3: form('any', '[^\\s:]+.*', '<bucket>'),
};

/** Where in a text something is wrong, in units of it. */
export interface ArnProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/**
 * What is wrong with the form of an ARN: partition, region, account or resource. Nothing of parts that are filled in
 * later or that are samples, of services that are not in the table, and of integrations of Step Functions.
 */
export function arnProblem(text: string): ArnProblem | undefined {
  const arn = readArn(text);
  if (arn === undefined) return undefined;
  const offsets = offsetsIn(text);
  const at = (index: number, value: string, message: string): ArnProblem => {
    const from = offsets[index] ?? 0;
    return { from, to: from + Math.max(1, value.length), message };
  };
  if (!text.startsWith('arn:')) return at(0, 'arn', 'An ARN begins with "arn:", in lower case.');
  const { partition, service, region, account, resource } = arn;
  if (offsets.length < 6) {
    return {
      from: 0,
      to: text.length,
      message: 'An ARN has six parts: arn:partition:service:region:account:resource.',
    };
  }
  if (isKnown(partition) && !PARTITIONS.includes(partition)) {
    return at(1, partition, `There is no partition "${partition}": it is one of ${PARTITIONS.join(', ')}.`);
  }
  const own = SERVICES[service];
  const place = placeProblem({ partition, service, region, account }, own?.has ?? 'any');
  if (place !== undefined) return at(place.index, place.index === 3 ? region : account, place.message);
  if (own === undefined || /[${}<>*?]/.test(resource) || own.resource.test(resource)) return undefined;
  const where = offsets[5] ?? 0;
  return {
    from: where,
    to: Math.max(where + 1, text.length),
    message: `The ARN of ${service} ends in ${own.form}, not "${resource}".`,
  };
}

function placeProblem(
  { partition, service, region, account }: Omit<Arn, 'resource'>,
  has: ServiceForm['has'],
): { readonly index: 3 | 4; readonly message: string } | undefined {
  if (isKnown(region) && region !== '') {
    if (has === 'account') return { index: 3, message: `ARNs of ${service} name no region.` };
    if (!/^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(region)) return { index: 3, message: `"${region}" is no region.` };
    const actual = partitionOfRegion(region);
    if (isKnown(partition) && partition !== actual) {
      return { index: 3, message: `The region ${region} is in the partition ${actual}, not ${partition}.` };
    }
  }
  if (region === '' && has === 'both') return { index: 3, message: `The ARN of ${service} lacks the region.` };
  if (account === '' && (has === 'both' || has === 'account')) {
    return { index: 4, message: `The ARN of ${service} lacks the account.` };
  }
  if (account === '' || !isKnown(account) || /^(?:\d{12}|aws|aws-managed|cloudfront)$/.test(account)) return undefined;
  return { index: 4, message: `"${account}" is no account: it has twelve digits.` };
}

export function partitionOfRegion(region: string): string {
  return REGIONS.find(([, regions]) => regions.test(region))?.[0] ?? 'aws';
}

function offsetsIn(text: string): number[] {
  let offset = 0;
  return partsOf(text).map((part) => {
    const start = offset;
    offset += part.length + 1;
    return start;
  });
}

/** Whether a part says what it will be: neither filled in later, nor a sample that somebody must replace. */
function isKnown(part: string): boolean {
  return !/[${}<>*?[\]()]/.test(part) && !isSampleWord(part);
}

/** What most manuals write where an account is due. */
export const SAMPLE_ACCOUNT = '123456789012';

/** A word in capitals or of one letter repeated, as manuals write what is to be replaced: `REGION`, `ACCOUNT_ID`, `xxxxxxxxxxxx`. */
function isSampleWord(part: string): boolean {
  return /^[A-Z][A-Z0-9_-]{3,}$|^[xX]{3,}$|^(?:aws|your|my|the)?[-_]?(?:region|account)(?:[-_]?(?:id|name|number))?$/.test(
    part,
  );
}

/**
 * The parts of a text that manuals write for what is to be replaced: `REGION`, `ACCOUNT_ID`, `123456789012`,
 * `FUNCTION_NAME`, `<your-bucket>`; in an ARN its region, account and name, in other texts what stands in angle brackets.
 */
export const samplesIn = byText(10_000, (text): readonly string[] => {
  const found = new Set<string>(text.match(/<[A-Za-z][\w .-]{1,40}>/g));
  const arn = readArn(text);
  if (arn === undefined) return [...found];
  for (const part of [arn.region, arn.account]) {
    if (isSampleWord(part) || part === SAMPLE_ACCOUNT || /^\{[A-Z][A-Z_-]*\}$/.test(part)) found.add(part);
  }
  const name = /[^:/]+$/.exec(arn.resource)?.[0] ?? '';
  if (/^(?:[A-Z]+_)+(?:NAME|ID|ARN|HERE)$|^YOUR[_-]/.test(name)) found.add(name);
  return [...found];
});
