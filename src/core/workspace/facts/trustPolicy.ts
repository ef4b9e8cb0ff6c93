import { parseTree } from '../../language/edit.ts';
import type { ProgramCall, TerraformBlock } from '../../language/hosts/host.ts';
import { callOf } from '../../language/hosts/program/reader.ts';
import { terraformCallOf } from '../../language/hosts/terraform/expressions.ts';
import type { Node, ObjectNode } from '../../language/tree.ts';

/** The services that may assume a role, `glue.amazonaws.com`; undefined where others may as well. */
export type TrustedServices = readonly string[] | undefined;

/** What a name of the file stands for: a variable of a program, `data.aws_iam_policy_document.trust`. */
export type Named = (name: string) => Node | TrustedServices;

/** Variables in variables are followed so far. */
const MAX_STEPS = 4;

/** Whom a trust policy lets assume its role, however the host writes it down. `source` is the text of the file. */
export function trustOf(node: Node | undefined, source: string, named: Named, steps = MAX_STEPS): TrustedServices {
  if (node === undefined || steps === 0) return undefined;
  if (node.kind === 'object') return trustInPolicy(node);
  if (node.kind === 'string') return /^\s*\{/.test(node.value) ? trustInText(node.value) : undefined;
  if (node.kind !== 'unknown') return undefined;
  const inTerraform = terraformCallOf(node);
  if (inTerraform) return inTerraform.name === 'jsonencode' ? next(inTerraform.arguments[0]) : undefined;
  const call = callOf(node);
  if (call) return trustOfCall(call, next);
  const name = /^([\w.]+?)(?:\.json)?$/.exec(source.slice(node.start, node.end).trim())?.[1];
  const meant = name === undefined ? undefined : named(name);
  return isNode(meant) ? next(meant) : meant;

  function next(inner: Node | undefined): TrustedServices {
    return trustOf(inner, source, named, steps - 1);
  }
}

function isNode(value: Node | TrustedServices): value is Node {
  return value !== undefined && 'kind' in value;
}

function trustInText(text: string): TrustedServices {
  const { root } = parseTree(text, 'json');
  return root.kind === 'object' ? trustInPolicy(root) : undefined;
}

/** What builds a policy or a principal in Python and TypeScript. */
function trustOfCall(call: ProgramCall, next: (node: Node | undefined) => TrustedServices): TrustedServices {
  const name = call.callee.slice(call.callee.lastIndexOf('.') + 1);
  const [first] = call.positional;
  if (/^(?:dumps|stringify|json_dumps|jsonStringify|json)$/.test(name)) return next(first);
  const fields = call.keywords.properties.length > 0 ? call.keywords : first?.kind === 'object' ? first : undefined;
  switch (name) {
    case 'get_policy_document':
    case 'get_policy_document_output':
    case 'getPolicyDocument':
    case 'getPolicyDocumentOutput':
      return fields && trustInStatements(fields.get('statements'), trustInDocumentStatement);
    case 'assume_role_policy_for_principal':
    case 'assumeRolePolicyForPrincipal':
      return first?.kind === 'object' ? servicesOf(first) : undefined;
    case 'ServicePrincipal': {
      const service = first?.kind === 'string' ? serviceName(first.value) : undefined;
      return service === undefined ? undefined : [service];
    }
    case 'AccountRootPrincipal':
      return [];
    case 'CompositePrincipal':
      return joined(call.positional.map(next));
    default:
      return undefined;
  }
}

/** `Statement` of a policy in the words of IAM. */
function trustInPolicy(policy: ObjectNode): TrustedServices {
  if (policy.issues?.unclosed === true) return undefined;
  return trustInStatements(policy.get('Statement'), (statement) => {
    const principal = statement.get('Principal');
    if (!allowsAssuming(statement.get('Effect'), statement.get('Action'))) return [];
    return principal?.kind === 'object' && principal.issues === undefined ? servicesOf(principal) : undefined;
  });
}

function trustInStatements(node: Node | undefined, read: (statement: ObjectNode) => TrustedServices): TrustedServices {
  const list = node?.kind === 'array' ? node.items : node === undefined ? [] : [node];
  if (list.length === 0 || (node?.kind === 'array' && node.issues !== undefined)) return undefined;
  return joined(list.map((one) => objectOf(one)).map((one) => one && read(one)));
}

/** A statement of `get_policy_document` of Pulumi: `principals` is a list of `type` and `identifiers`. */
function trustInDocumentStatement(statement: ObjectNode): TrustedServices {
  if (!allowsAssuming(statement.get('effect'), statement.get('actions'))) return [];
  const principals = statement.get('principals');
  if (principals?.kind !== 'array') return undefined;
  return joined(principals.items.map((one) => trustOfPrincipal(objectOf(one))));
}

/** `data "aws_iam_policy_document"`, whose statements are blocks. */
export function trustInTerraformDocument({ body, blocks }: TerraformBlock): TrustedServices {
  const isAll = blocks.every(({ type }) => type === 'statement') && body.properties.every(isPlain);
  if (!isAll || blocks.length === 0) return undefined;
  return joined(
    blocks.map((statement): TrustedServices => {
      if (!allowsAssuming(statement.body.get('effect'), statement.body.get('actions'))) return [];
      if (statement.blocks.some(({ type }) => type !== 'principals' && type !== 'condition')) return undefined;
      const principals = statement.blocks.filter(({ type }) => type === 'principals');
      return joined(principals.map(({ body: principal }) => trustOfPrincipal(principal)));
    }),
  );
}

function isPlain({ key }: ObjectNode['properties'][number]): boolean {
  return key.value === 'version' || key.value === 'policy_id';
}

function trustOfPrincipal(principal: ObjectNode | undefined): TrustedServices {
  const type = principal?.get('type');
  if (type?.kind !== 'string' || type.value === '*') return undefined;
  return type.value === 'Service' ? servicesIn(principal?.get('identifiers')) : [];
}

/** The services among the principals of a statement; accounts, users and identity providers are none. */
function servicesOf(principal: ObjectNode): TrustedServices {
  return principal.has('Service') ? servicesIn(principal.get('Service')) : [];
}

function servicesIn(node: Node | undefined): TrustedServices {
  const names = node?.kind === 'array' ? node.items : node === undefined ? [] : [node];
  const services = names.map((one) => (one.kind === 'string' ? serviceName(one.value) : undefined));
  return services.every((one) => one !== undefined) ? services : undefined;
}

/** `glue.amazonaws.com` of `glue.${AWS::URLSuffix}` and `glue` as well; undefined where the service itself is filled in. */
function serviceName(written: string): string | undefined {
  const name = /^[a-z][a-z0-9-]*(?=\.|$)/.exec(written)?.[0];
  if (name === undefined) return undefined;
  return /^[\w.-]+\.[\w.-]+$/.test(written) ? written : `${name}.amazonaws.com`;
}

/** Whether a statement allows to assume the role; what cannot be read does. */
function allowsAssuming(effect: Node | undefined, actions: Node | undefined): boolean {
  if (effect?.kind === 'string' && effect.value === 'Deny') return false;
  const list = actions?.kind === 'array' ? actions.items : actions === undefined ? [] : [actions];
  return list.length === 0 || list.some((one) => one.kind !== 'string' || /^(?:\*|sts:(?:\*|Assume))/i.test(one.value));
}

/** The object that a node is, or the keywords of a call such as `GetPolicyDocumentStatementArgs(…)`. */
function objectOf(node: Node): ObjectNode | undefined {
  if (node.kind === 'object') return node.issues === undefined ? node : undefined;
  const call = callOf(node);
  return call !== undefined && call.keywords.properties.length > 0 ? call.keywords : undefined;
}

/** All of them; undefined where one is not known. */
function joined(all: readonly TrustedServices[]): TrustedServices {
  return all.every((one) => one !== undefined) ? all.flat() : undefined;
}
