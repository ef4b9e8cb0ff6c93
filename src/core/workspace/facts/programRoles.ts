import type { ProgramCall, ProgramFile } from '../../language/hosts/host.ts';
import type { Node, ObjectNode } from '../../language/tree.ts';
import type { Roles } from './roleFacts.ts';
import { callAddress } from './hostFacts.ts';
import { ProgramNames } from './programNames.ts';
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

interface Program {
  readonly file: ProgramFile;
  readonly found: Roles;
  readonly names: ProgramNames;
  /** What a name at an offset stands for. */
  readonly namedAt: (offset: number) => Named;
  readonly cdkRoles: Binding[];
}

/** Roles of a Pulumi or CDK program, and what it gives them to. */
export function programRoles(file: ProgramFile, found: Roles): void {
  const names = new ProgramNames(file.text);
  const program: Program = { file, found, names, namedAt: variablesOf(file, names), cdkRoles: [] };
  for (const call of file.calls) {
    const fields = fieldsOf(call);
    if (/(?:^|\.)iam\.Role$/.test(call.callee)) addRole(call, fields, program);
    const use = USES.find(([callee]) => callee.test(call.callee));
    const given = use?.[1].map((name) => fields.get(name)).find((node) => node !== undefined);
    if (use === undefined || given === undefined || isFromCaller(given, program)) continue;
    const binding = bindingOf(given, program);
    const address = binding && scopedAddress(bound(binding), found.reading.path);
    found.use(use[2], given, address);
  }
}

function addRole(call: ProgramCall, fields: ObjectNode, program: Program): void {
  const { file, found, names, cdkRoles } = program;
  const { text } = file;
  const { start } = call.node;
  const anchor = { start, end: start + call.callee.length };
  const variable = callAddress(call.node, text);
  const named = program.namedAt(start);
  const principal = fields.get('assumed_by') ?? fields.get('assumedBy');
  if (principal === undefined) {
    const policy = fields.get('assume_role_policy') ?? fields.get('assumeRolePolicy');
    found.add(variable, { services: trustOf(policy, text, named), name: fields.get('name'), anchor });
    return;
  }
  // A role of the CDK may be told later to trust others.
  if (variable === undefined || names.extendedRoles.has(variable)) return;
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

function bound({ name, start }: Binding): string {
  return `${name}@${String(start)}`;
}

/** The variable that a value is, or whose ARN or name it is; `isOwn` for a member of the object itself. */
function variableIn(node: Node, { text }: ProgramFile): { readonly name: string; readonly isOwn: boolean } | undefined {
  const source = node.kind === 'unknown' ? text.slice(node.start, node.end).trim() : '';
  const [, own, name] =
    /^((?:self|this)\.)?([A-Za-z_$][\w$]*)(?:\.(?:role_?arn|role_?name|arn|name))?$/i.exec(source) ?? [];
  return name === undefined ? undefined : { name, isOwn: own !== undefined };
}

/** Whether a value is a parameter of the function around it. */
function isFromCaller(node: Node, { file, names }: Program): boolean {
  const variable = variableIn(node, file);
  return variable?.isOwn === false && names.isParameter(variable.name, node.start);
}

/**
 * The role of the CDK that a value means: the one of that name above it in the same function, or class for `self.role`.
 * Where the name is given anything else there, a second role in another branch for one, it is not known which.
 */
function bindingOf(node: Node, { file, names, cdkRoles }: Program): Binding | undefined {
  const variable = variableIn(node, file);
  if (variable === undefined) return undefined;
  const { name, isOwn } = variable;
  const role = cdkRoles.findLast((one) => one.name === name && one.start < node.start);
  if (role === undefined) return undefined;
  const scope = names.scopeOf(node.start, isOwn);
  return role.start < scope || names.assignmentsOf(name, scope, node.start) > 1 ? undefined : role;
}

/** The one value that each variable of a program is given, where nothing is put into it later. */
function variablesOf(file: ProgramFile, names: ProgramNames): (offset: number) => Named {
  let all: Map<string, Node[]> | undefined;
  return (offset) => (name) => {
    all ??= read(file);
    const [only, second] = all.get(name) ?? [];
    const isKnown = second === undefined && !names.filledLater.has(name) && !names.isParameter(name, offset);
    return isKnown && names.assignmentsOf(name, 0, file.text.length) < 2 ? only : undefined;
  };
}

function read({ text, objects, texts, calls }: ProgramFile): Map<string, Node[]> {
  const found = new Map<string, Node[]>();
  for (const node of [...objects, ...texts, ...calls.map((call) => call.node)]) {
    const name = callAddress(node, text);
    if (name === undefined) continue;
    const known = found.get(name);
    if (known) known.push(node);
    else found.set(name, [node]);
  }
  return found;
}
