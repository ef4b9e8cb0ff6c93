import type { HostFile, ProgramFile, TemplateFile, TerraformFile } from '../../language/hosts/host.ts';
import { intrinsicOf } from '../../language/hosts/intrinsics.ts';
import { hasPlaceholder } from '../../language/placeholders.ts';
import type { Node } from '../../language/tree.ts';
import type { RoleTrust, RoleUse, Span } from './facts.ts';
import { programRoles } from './programRoles.ts';
import { scopedAddress, type Reading } from './reference.ts';
import { spanOf } from './spot.ts';
import { trustInTerraformDocument, trustOf, type TrustedServices } from './trustPolicy.ts';

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
  const found = new Roles(reading);
  if (host.kind === 'template') templateRoles(host, found);
  else if (host.kind === 'terraform') terraformRoles(host, found);
  else programRoles(host satisfies ProgramFile, found);
  return found;
}

/** Roles and their uses as they are found in one file. */
export class Roles implements RoleFacts {
  readonly roles: RoleTrust[] = [];
  readonly roleUses: RoleUse[] = [];

  constructor(readonly reading: Reading) {}

  /** A role under what stands for it in its file, and under its name, where it has one. */
  add(address: string | undefined, { services, name, anchor }: RoleAs): void {
    if (services === undefined) return;
    const known = name?.kind === 'string' && !hasPlaceholder(name.value) ? `name:${name.value}` : undefined;
    const scoped = address === undefined ? undefined : scopedAddress(address, this.reading.path);
    for (const one of [scoped, known]) if (one !== undefined) this.roles.push({ address: one, services, anchor });
  }

  /** Something of a service is given the role. */
  use(service: string, node: Node | undefined, address?: string): void {
    const role = address === undefined ? node && roleAddress(node, this.reading) : address;
    if (node !== undefined && role !== undefined) this.roleUses.push({ role, service, span: spanOf(node) });
  }
}

interface RoleAs {
  readonly services: TrustedServices;
  readonly name: Node | undefined;
  readonly anchor: Span;
}

type Use = readonly [field: string, service: string];

const TEMPLATE_USES: Readonly<Record<string, Use>> = {
  'AWS::Glue::Job': ['Role', 'glue'],
  'AWS::Glue::Crawler': ['Role', 'glue'],
  'AWS::Lambda::Function': ['Role', 'lambda'],
  'AWS::Serverless::Function': ['Role', 'lambda'],
  'AWS::StepFunctions::StateMachine': ['RoleArn', 'states'],
  'AWS::Serverless::StateMachine': ['Role', 'states'],
};

function templateRoles({ resources }: TemplateFile, found: Roles): void {
  for (const { type, properties, key, logicalId } of resources) {
    if (type === 'AWS::IAM::Role') {
      const services = trustOf(properties?.get('AssumeRolePolicyDocument'), found.reading.text, () => undefined);
      found.add(logicalId, { services, name: properties?.get('RoleName'), anchor: spanOf(key) });
    }
    const [field, service] = TEMPLATE_USES[type] ?? [];
    if (field !== undefined && service !== undefined) found.use(service, properties?.get(field));
  }
}

const TERRAFORM_USES: Readonly<Record<string, Use>> = {
  aws_glue_job: ['role_arn', 'glue'],
  aws_glue_crawler: ['role', 'glue'],
  aws_lambda_function: ['role', 'lambda'],
  aws_sfn_state_machine: ['role_arn', 'states'],
};

function terraformRoles({ blocks }: TerraformFile, found: Roles): void {
  const documents = new Map<string, TrustedServices>();
  for (const block of blocks) {
    const [kind, label] = block.labels;
    if (block.type !== 'data' || kind?.value !== 'aws_iam_policy_document' || label === undefined) continue;
    documents.set(`data.${kind.value}.${label.value}`, trustInTerraformDocument(block));
  }
  for (const { type, labels, body } of blocks) {
    const [kind, label] = labels;
    if (type !== 'resource' || kind === undefined || label === undefined) continue;
    if (kind.value === 'aws_iam_role') {
      const services = trustOf(body.get('assume_role_policy'), found.reading.text, (name) => documents.get(name));
      found.add(`aws_iam_role.${label.value}`, { services, name: body.get('name'), anchor: spanOf(label) });
    }
    const [field, service] = TERRAFORM_USES[kind.value] ?? [];
    if (field !== undefined && service !== undefined) found.use(service, body.get(field));
  }
}

/** What a value means by `role.arn`, `!GetAtt Role.Arn`, `aws_iam_role.glue.arn`, or by a name that is written out. */
function roleAddress(node: Node, { path, text: source }: Reading): string | undefined {
  const intrinsic = intrinsicOf(node);
  if (intrinsic && node.kind === 'unknown') {
    const { name, argument } = intrinsic;
    if (name !== 'Fn::GetAtt' && name !== 'Ref') return undefined;
    const first = argument.kind === 'array' ? argument.items[0] : argument;
    return first?.kind === 'string' ? scopedAddress(first.value.replace(/\.Arn$/, ''), path) : undefined;
  }
  if (node.kind !== 'unknown' && node.kind !== 'string') return undefined;
  if (node.kind === 'string' && !hasPlaceholder(node.value)) return nameAddress(node.value);
  const text = node.kind === 'string' ? node.value : source.slice(node.start, node.end);
  const address =
    /^(?:\$\{\s*)?(aws_iam_role\.[\w-]+|[A-Za-z_]\w*)(?:\[[^\]]*\])?\.(?:arn|Arn|name|id)(?:\s*\})?$/.exec(
      text.trim(),
    )?.[1];
  return address === undefined ? undefined : scopedAddress(address, path);
}

/** What a role is known by that is given by its name or its ARN. */
export function nameAddress(value: string): string | undefined {
  const name = /^(?:arn:[^:]*:iam::[^:]*:role\/(?:[^/]+\/)*)?([\w+=,.@-]+)$/.exec(value)?.[1];
  return name === undefined ? undefined : `name:${name}`;
}
