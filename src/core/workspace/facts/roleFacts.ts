import type { HostFile, ProgramCall, TemplateResource } from '../../language/hosts/host.ts';
import { intrinsicOf } from '../../language/hosts/intrinsics.ts';
import { callOf } from '../../language/hosts/program/reader.ts';
import { terraformCallOf } from '../../language/hosts/terraform/expressions.ts';
import { hasPlaceholder } from '../../language/placeholders.ts';
import type { Node, ObjectNode } from '../../language/tree.ts';
import type { RoleTrust, RoleUse, Span } from './facts.ts';
import { callAddress } from './hostFacts.ts';
import { scopedAddress, type Reading } from './reference.ts';
import { spanOf } from './spot.ts';

export interface RoleFacts {
  readonly roles: readonly RoleTrust[];
  readonly roleUses: readonly RoleUse[];
}

/** Whether a text describes roles, at a glance. */
export function mayHoldRoles(text: string): boolean {
  return /AWS::IAM::Role|aws_iam_role|\bRole\s*\(/.test(text);
}

/** The roles that a file describes with whom they trust, and what the file gives them to. */
export function roleFacts(host: HostFile, reading: Reading): RoleFacts {
  const roles: RoleTrust[] = [];
  const roleUses: RoleUse[] = [];
  const addRole = (address: string | undefined, policy: Node | undefined, anchor: Span): void => {
    const services = policy && trustedServices(policy);
    if (address === undefined || services === undefined) return;
    roles.push({ address: scopedAddress(address, reading.path), services, anchor });
  };
  const addUse = (service: string, node: Node | undefined): void => {
    const address = node && roleAddress(node, reading.text);
    if (node === undefined || address === undefined) return;
    roleUses.push({ role: scopedAddress(address, reading.path), service, span: spanOf(node) });
  };
  switch (host.kind) {
    case 'template':
      for (const resource of host.resources) readResource(resource, addRole, addUse);
      break;
    case 'terraform':
      for (const { type, labels, body } of host.blocks) {
        const [kind, label] = labels;
        if (type !== 'resource' || kind === undefined || label === undefined) continue;
        const address = `${kind.value}.${label.value}`;
        if (kind.value === 'aws_iam_role')
          addRole(address, policyObject(body.get('assume_role_policy')), spanOf(label));
        const [field, service] = TERRAFORM_USES[kind.value] ?? [];
        if (field !== undefined && service !== undefined) addUse(service, body.get(field));
      }
      break;
    case 'program':
      for (const call of host.calls) readCall(call, { reading, objects: host.objects, addRole, addUse });
  }
  return { roles, roleUses };
}

const TEMPLATE_USES: Readonly<Record<string, readonly [field: string, service: string]>> = {
  'AWS::Glue::Job': ['Role', 'glue'],
  'AWS::Glue::Crawler': ['Role', 'glue'],
  'AWS::Lambda::Function': ['Role', 'lambda'],
  'AWS::Serverless::Function': ['Role', 'lambda'],
  'AWS::StepFunctions::StateMachine': ['RoleArn', 'states'],
  'AWS::Serverless::StateMachine': ['Role', 'states'],
};

const TERRAFORM_USES: Readonly<Record<string, readonly [field: string, service: string]>> = {
  aws_glue_job: ['role_arn', 'glue'],
  aws_glue_crawler: ['role', 'glue'],
  aws_lambda_function: ['role', 'lambda'],
  aws_sfn_state_machine: ['role_arn', 'states'],
};

/** Classes of Pulumi; the CDK adds to the trust of a role by itself. */
const PROGRAM_USES: readonly (readonly [callee: RegExp, fields: readonly string[], service: string])[] = [
  [/(?:^|\.)glue\.Job$/, ['role_arn', 'roleArn'], 'glue'],
  [/(?:^|\.)glue\.Crawler$/, ['role'], 'glue'],
  [/(?:^|\.)lambda_?\.Function$/, ['role'], 'lambda'],
  [/(?:^|\.)sfn\.StateMachine$/, ['role_arn', 'roleArn'], 'states'],
];

type AddRole = (address: string | undefined, policy: Node | undefined, anchor: Span) => void;
type AddUse = (service: string, node: Node | undefined) => void;

function readResource({ type, properties, key, logicalId }: TemplateResource, addRole: AddRole, addUse: AddUse): void {
  if (type === 'AWS::IAM::Role') addRole(logicalId, properties?.get('AssumeRolePolicyDocument'), spanOf(key));
  const [field, service] = TEMPLATE_USES[type] ?? [];
  if (field !== undefined && service !== undefined) addUse(service, properties?.get(field));
}

function readCall(
  call: ProgramCall,
  {
    reading,
    objects,
    addRole,
    addUse,
  }: {
    readonly reading: Reading;
    readonly objects: readonly ObjectNode[];
    readonly addRole: AddRole;
    readonly addUse: AddUse;
  },
): void {
  const { callee, keywords, positional, node } = call;
  const isRole = /(?:^|\.)iam\.Role$/.test(callee);
  const use = PROGRAM_USES.find(([pattern]) => pattern.test(callee));
  if (!isRole && use === undefined) return;
  const last = positional.at(-1);
  const fields = keywords.properties.length > 0 || last?.kind !== 'object' ? keywords : last;
  if (use)
    addUse(
      use[2],
      use[1].map((name) => fields.get(name)).find((one) => one !== undefined),
    );
  if (!isRole) return;
  const policy = policyObject(fields.get('assume_role_policy') ?? fields.get('assumeRolePolicy'), objects);
  addRole(callAddress(node, reading.text), policy, { start: node.start, end: node.start + callee.length });
}

/** The policy in `json.dumps({…})`, `JSON.stringify({…})`, `jsonencode({…})`, or written as an object. */
function policyObject(node: Node | undefined, objects?: readonly ObjectNode[]): Node | undefined {
  if (node === undefined || node.kind === 'object') return node;
  const inTerraform = terraformCallOf(node);
  if (inTerraform) return inTerraform.name === 'jsonencode' ? inTerraform.arguments[0] : undefined;
  const call = callOf(node);
  if (call === undefined || !/(?:^|\.)(?:dumps|stringify)$/.test(call.callee)) return undefined;
  const [first] = call.positional;
  return first?.kind === 'object' || objects === undefined ? first : undefined;
}

/** The services that a policy lets assume its role; undefined where it may let others as well. */
function trustedServices(policy: Node): readonly string[] | undefined {
  const statements = policy.kind === 'object' ? policy.get('Statement') : undefined;
  const list = statements?.kind === 'array' ? statements.items : statements === undefined ? [] : [statements];
  const services: string[] = [];
  for (const statement of list) {
    const principal = statement.kind === 'object' ? statement.get('Principal') : undefined;
    if (principal?.kind !== 'object' || principal.issues !== undefined) return undefined;
    const service = principal.get('Service');
    for (const one of service?.kind === 'array' ? service.items : service === undefined ? [] : [service]) {
      if (one.kind !== 'string' || hasPlaceholder(one.value)) return undefined;
      services.push(one.value);
    }
  }
  return services.length === 0 ? undefined : services;
}

/** What a value means by `role.arn`, `!GetAtt Role.Arn`, `aws_iam_role.glue.arn`. */
function roleAddress(node: Node, source: string): string | undefined {
  const intrinsic = intrinsicOf(node);
  if (intrinsic) {
    const { name, argument } = intrinsic;
    if (name !== 'Fn::GetAtt' && name !== 'Ref') return undefined;
    const first = argument.kind === 'array' ? argument.items[0] : argument;
    return first?.kind === 'string' ? first.value.replace(/\.Arn$/, '') : undefined;
  }
  if (node.kind !== 'unknown' && node.kind !== 'string') return undefined;
  const text = node.kind === 'string' ? node.value : source.slice(node.start, node.end);
  return /^(?:\$\{\s*)?(aws_iam_role\.[\w-]+|[A-Za-z_]\w*)(?:\[[^\]]*\])?\.(?:arn|name|id)(?:\s*\})?$/.exec(
    text.trim(),
  )?.[1];
}
