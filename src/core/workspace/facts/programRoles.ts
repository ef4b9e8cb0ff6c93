import type { ProgramCall, ProgramFile } from '../../language/hosts/host.ts';
import type { Node, ObjectNode } from '../../language/tree.ts';
import type { Roles } from './roleFacts.ts';
import { callAddress } from './hostFacts.ts';
import { scopedAddress } from './reference.ts';
import { trustOf, type Named } from './trustPolicy.ts';

type Use = readonly [callee: RegExp, fields: readonly string[], service: string];

const ROLE_ARN = ['role_arn', 'roleArn'];

/** Classes of Pulumi and of the CDK. Those of the CDK do not change whom a role trusts that they are given. */
const USES: readonly Use[] = [
  [/(?:^|\.)_?glue\w*\.(?:Job|CfnJob)$/, [...ROLE_ARN, 'role'], 'glue'],
  [/(?:^|\.)_?glue\w*\.(?:Py|Scala)\w+Job$/, ['role'], 'glue'],
  [/(?:^|\.)_?glue\w*\.(?:Cfn)?Crawler$/, ['role'], 'glue'],
  [/(?:^|\.)_?lambda_?\.(?:Cfn)?Function$/, ['role'], 'lambda'],
  [/(?:^|\.)(?:sfn|stepfunctions|aws_stepfunctions)\.(?:Cfn)?StateMachine$/, [...ROLE_ARN, 'role'], 'states'],
];

interface Binding {
  readonly name: string;
  readonly start: number;
}

/** Roles of a Pulumi or CDK program, and what it gives them to. */
export function programRoles(file: ProgramFile, found: Roles): void {
  const cdkRoles: Binding[] = [];
  const named = variablesOf(file);
  for (const call of file.calls) {
    const fields = fieldsOf(call);
    if (/(?:^|\.)iam\.Role$/.test(call.callee)) addRole(call, fields, { file, found, named, cdkRoles });
    const use = USES.find(([callee]) => callee.test(call.callee));
    const given = use?.[1].map((name) => fields.get(name)).find((node) => node !== undefined);
    if (use === undefined || given === undefined) continue;
    const binding = bindingOf(given, file, cdkRoles);
    const address = binding && scopedAddress(bound(binding), found.reading.path);
    found.use(use[2], given, address);
  }
}

function addRole(
  call: ProgramCall,
  fields: ObjectNode,
  {
    file: { text },
    found,
    named,
    cdkRoles,
  }: { readonly file: ProgramFile; readonly found: Roles; readonly named: Named; readonly cdkRoles: Binding[] },
): void {
  const { start } = call.node;
  const anchor = { start, end: start + call.callee.length };
  const variable = callAddress(call.node, text);
  const principal = fields.get('assumed_by') ?? fields.get('assumedBy');
  if (principal === undefined) {
    const policy = fields.get('assume_role_policy') ?? fields.get('assumeRolePolicy');
    found.add(variable, { services: trustOf(policy, text, named), name: fields.get('name'), anchor });
    return;
  }
  // A role of the CDK may be told later to trust others.
  if (variable === undefined || isExtended(variable, text)) return;
  const binding = { name: variable, start };
  cdkRoles.push(binding);
  const name = fields.get('role_name') ?? fields.get('roleName');
  found.add(bound(binding), { services: trustOf(principal, text, named), name, anchor });
}

/** Keywords, or the last argument that is an object. */
function fieldsOf({ keywords, positional }: ProgramCall): ObjectNode {
  const last = positional.at(-1);
  return keywords.properties.length > 0 || last?.kind !== 'object' ? keywords : last;
}

function isExtended(variable: string, text: string): boolean {
  return new RegExp(`\\b${variable}\\??\\.(?:assume_?role_?policy|grant_?assume_?role)`, 'i').test(text);
}

function bound({ name, start }: Binding): string {
  return `${name}@${String(start)}`;
}

/** The role of the CDK that a value means: the last one of that name above it in the same function, or class for `self.role`. */
function bindingOf(node: Node, { text }: ProgramFile, roles: readonly Binding[]): Binding | undefined {
  const source = node.kind === 'unknown' ? text.slice(node.start, node.end).trim() : '';
  const [, own, name] = /^((?:self|this)\.)?([A-Za-z_$][\w$]*)(?:\.(?:role_?arn|role_?name))?$/i.exec(source) ?? [];
  const role = roles.findLast((one) => one.name === name && one.start < node.start);
  if (role === undefined) return undefined;
  const between = text.slice(role.start, node.start);
  const boundary =
    own === undefined
      ? /^\s*(?:async\s+def|def|class|export|(?:async\s+)?function|constructor)\b|=>\s*\{/m
      : /^\s*(?:export\s+)?class\b/m;
  return boundary.test(between) ? undefined : role;
}

/** The one value that each variable of a program is given. */
function variablesOf(file: ProgramFile): Named {
  let all: Map<string, readonly Node[]> | undefined;
  return (name) => {
    all ??= read(file);
    const [only, second] = all.get(name) ?? [];
    return second === undefined ? only : undefined;
  };
}

function read({ text, objects, texts, calls }: ProgramFile): Map<string, readonly Node[]> {
  const found = new Map<string, readonly Node[]>();
  for (const node of [...objects, ...texts, ...calls.map((call) => call.node)]) {
    const name = callAddress(node, text);
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), node]);
  }
  return found;
}
