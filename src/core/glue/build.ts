import { keyOf } from '../language/rules/rule.ts';
import type { Node, StringNode } from '../language/tree.ts';
import { DIALECTS } from './dialect.ts';
import { isJobType } from './facts/commands.ts';
import type { Argument, ArgumentList, Holding, Job, JobCommand, Trigger, Workflow } from './model.ts';
import type { Part } from './part.ts';
import { hasPlaceholder, knownText, writtenText } from './values.ts';

/** Where a resource stands in its document. */
export type Standing = Pick<Job, 'anchor' | 'address'>;

/** The model of a job, of its update, or of the start of a run. */
export function buildJob(
  part: Part,
  more: Partial<Pick<Job, 'use' | 'isReply' | 'script' | 'name' | keyof Standing>> = {},
): Job {
  const { use = 'create', isReply = false, script, anchor = keyOf(part.node), address } = more;
  const lists = argumentLists(part, use);
  const given = lists.flatMap((list) => argumentsIn(list, part.source));
  return {
    kind: 'job',
    use,
    dialect: part.dialect,
    part,
    anchor,
    address,
    name: more.name ?? part.text(use === 'run' ? 'JobName' : 'Name'),
    command: part.dialect === 'studio' ? studioCommand(part) : commandOf(part),
    glueVersion: part.text('GlueVersion'),
    argumentLists: lists,
    arguments: given,
    hasMoreArguments: part.isOpen || lists.some(({ node }) => isOpen(node)) || given.some(isUnknownName),
    script,
    isReply,
  };
}

function isOpen(node: Node): boolean {
  if (node.kind !== 'object') return node.kind === 'unknown';
  return node.issues?.unclosed === true || node.properties.some(({ key }) => isFunction(key.value));
}

/** A function of CloudFormation that adds to an object, such as `Fn::Transform`. */
function isFunction(name: string): boolean {
  return name.startsWith('Fn::');
}

function isUnknownName({ name }: Argument): boolean {
  return hasPlaceholder(name);
}

function commandOf(job: Part): JobCommand {
  const part = job.part('Command', 'command');
  const typeNode = part?.get('Name');
  // Terraform and the constructors have a default for the name, which is not written.
  const isDefault = part !== undefined && typeNode === undefined && DIALECTS[job.dialect].hasDefaults;
  const typeText = isDefault ? 'glueetl' : knownText(typeNode, job.source);
  return {
    part,
    typeNode,
    typeText,
    type: isJobType(typeText) ? typeText : undefined,
    script: part?.get('ScriptLocation'),
    pythonVersion: part?.get('PythonVersion'),
  };
}

/** Glue Studio has the command's fields in the job itself, and a folder for the script. */
function studioCommand(job: Part): JobCommand {
  const typeNode = job.node.get('command');
  const typeText = knownText(typeNode, job.source);
  return {
    part: undefined,
    typeNode,
    typeText,
    type: isJobType(typeText) ? typeText : undefined,
    script: undefined,
    pythonVersion: undefined,
  };
}

function argumentLists(part: Part, use: Job['use']): ArgumentList[] {
  if (part.dialect === 'studio') {
    const node = part.node.get('jobParameters');
    return node === undefined ? [] : [{ field: 'DefaultArguments', node }];
  }
  const fields = use === 'run' ? (['Arguments'] as const) : (['DefaultArguments', 'NonOverridableArguments'] as const);
  return fields.flatMap((field): ArgumentList[] => {
    const node = part.get(field);
    return node === undefined ? [] : [{ field, node }];
  });
}

/** The arguments of an object, or of the list of keys and values that Glue Studio writes. */
function argumentsIn(list: ArgumentList, source: string): Argument[] {
  const pairs: { readonly key: StringNode; readonly value: Node }[] = [];
  if (list.node.kind === 'object') pairs.push(...list.node.properties);
  if (list.node.kind === 'array') {
    for (const item of list.node.items) {
      const key = item.kind === 'object' ? item.get('key') : undefined;
      const value = item.kind === 'object' ? item.get('value') : undefined;
      if (key?.kind === 'string' && value !== undefined) pairs.push({ key, value });
    }
  }
  return pairs
    .filter(({ key }) => !isFunction(key.value))
    .map(({ key, value }) => ({
      list,
      name: key.value,
      nameNode: key,
      value,
      text: knownText(value, source),
      written: writtenText(value, source),
    }));
}

export function buildTrigger(part: Part, more: Partial<Pick<Trigger, 'use' | 'name' | keyof Standing>> = {}): Trigger {
  const { use = 'create', name = part.text('Name'), anchor = keyOf(part.node), address } = more;
  const actions = part.parts('Actions', 'action');
  const predicate = part.part('Predicate', 'predicate');
  return {
    kind: 'trigger',
    use,
    dialect: part.dialect,
    part,
    anchor,
    address,
    name,
    type: part.text('Type'),
    actions,
    conditions: predicate?.parts('Conditions', 'condition') ?? [],
    arguments: actions.flatMap((action) => {
      const node = action.get('Arguments');
      return node === undefined ? [] : argumentsIn({ field: 'Arguments', node }, part.source);
    }),
  };
}

export function buildWorkflow(part: Part, { anchor = keyOf(part.node), address }: Partial<Standing> = {}): Workflow {
  return { kind: 'workflow', dialect: part.dialect, part, anchor, address, name: part.text('Name') };
}

/** The model of a crawler, a connection or a security configuration. */
export function buildHolding(
  kind: Holding['kind'],
  part: Part,
  more: Partial<Pick<Holding, 'use' | 'name' | keyof Standing>> = {},
): Holding {
  const { use = 'create', anchor = keyOf(part.node), address } = more;
  const own = kind === 'connection' ? connectionPart(part) : part;
  return {
    kind,
    use,
    dialect: part.dialect,
    part: own,
    targets: kind === 'crawler' ? targetsOf(part) : undefined,
    anchor,
    address,
    name: more.name ?? own.text('Name'),
  };
}

/** A connection has its fields in `ConnectionInput`, or as in Terraform and what get-connection prints in itself. */
function connectionPart(part: Part): Part {
  const inner = part.part('ConnectionInput', 'connectionInput');
  return inner ?? part.as(part.has('ConnectionInput') ? 'connection' : 'connectionInput');
}

/** Terraform and Pulumi have the targets of a crawler in the crawler itself. */
function targetsOf(part: Part): Part | undefined {
  const isFlat = part.dialect === 'terraform' || (part.dialect === 'program' && !part.has('Targets'));
  return isFlat ? part.as('crawlerTargets') : part.part('Targets', 'crawlerTargets');
}
