import type { HostFile, ProgramCall, TemplateResource, TerraformBlock } from '../../language/hosts/host.ts';
import { hasPlaceholder } from '../../language/placeholders.ts';
import type { Node, ObjectNode, StringNode } from '../../language/tree.ts';
import type { Definition, Span, ThingKind } from './facts.ts';
import { patternIn, scopedAddress, type Reading } from './reference.ts';
import { spanOf, spotIn } from './spot.ts';

/** Type of a resource, what it is, and the property that names it. */
type Table = Readonly<Record<string, readonly [ThingKind, string]>>;

const TEMPLATE: Table = {
  'AWS::StepFunctions::StateMachine': ['stateMachine', 'StateMachineName'],
  'AWS::Serverless::StateMachine': ['stateMachine', 'Name'],
  'AWS::Lambda::Function': ['function', 'FunctionName'],
  'AWS::Serverless::Function': ['function', 'FunctionName'],
};

const TERRAFORM: Table = {
  aws_sfn_state_machine: ['stateMachine', 'name'],
  aws_lambda_function: ['function', 'function_name'],
};

/** State machines and functions of a template, program or Terraform file, which are no Glue configs. */
export function hostDefinitions(host: HostFile, reading: Reading): Definition[] {
  switch (host.kind) {
    case 'template':
      return host.resources.flatMap((resource) => inTemplate(resource, reading) ?? []);
    case 'terraform':
      return host.blocks.flatMap((block) => inTerraform(block, reading) ?? []);
    case 'program':
      return host.calls.flatMap((call) => inProgram(call, reading) ?? []);
  }
}

function inTemplate({ type, properties, key, logicalId }: TemplateResource, reading: Reading): Definition | undefined {
  const [kind, field] = TEMPLATE[type] ?? [];
  if (kind === undefined || field === undefined) return undefined;
  return definition(kind, properties?.get(field), { reading, address: logicalId, anchor: spanOf(key) });
}

function inTerraform({ type, labels, body }: TerraformBlock, reading: Reading): Definition | undefined {
  const [resource, label] = labels;
  const [kind, field] = (type === 'resource' && resource && TERRAFORM[resource.value]) || [];
  if (kind === undefined || field === undefined || resource === undefined || label === undefined) return undefined;
  const address = `${resource.value}.${label.value}`;
  return definition(kind, body.get(field), { reading, address, anchor: spanOf(label) });
}

/** `aws.sfn.StateMachine(…)`, `sfn.StateMachine(…)`. */
function inProgram({ callee, keywords, positional, node }: ProgramCall, reading: Reading): Definition | undefined {
  const kind = kindOfCall(callee);
  if (kind === undefined) return undefined;
  const fields = keywords.properties.length > 0 ? keywords : positional.findLast((one) => one.kind === 'object');
  const name = fields?.kind === 'object' ? namedBy(fields, NAME_FIELDS[kind] ?? []) : undefined;
  const address = callAddress(node, reading.text);
  const anchor = { start: node.start, end: node.start + callee.length };
  return definition(kind, name, { reading, address, anchor });
}

/** The variable that a call's result or a literal is given; an argument of another call is given to none. */
export function callAddress({ start, parent }: Pick<Node, 'start' | 'parent'>, text: string): string | undefined {
  if (parent !== undefined) return undefined;
  const before = text.slice(Math.max(0, start - 200), start);
  return /(?:^|[\s;.])([A-Za-z_$][\w$]*)\s*(?::\s*[\w$.]+\s*)?=\s*(?:new\s+)?$/.exec(before)?.[1];
}

function kindOfCall(callee: string): ThingKind | undefined {
  if (
    /(?:^|\.)(?:sfn|stepfunctions|_?sfn|aws_stepfunctions|tasks?)\w*\.(?:Cfn)?StateMachine$|^(?:Cfn)?StateMachine$/i.test(
      callee,
    )
  ) {
    return 'stateMachine';
  }
  return /(?:^|\.)_?lambda\w*\.(?:Cfn|Docker\w+)?Function$/i.test(callee) ? 'function' : undefined;
}

const NAME_FIELDS: Readonly<Partial<Record<ThingKind, readonly string[]>>> = {
  stateMachine: ['name', 'state_machine_name', 'stateMachineName'],
  function: ['name', 'function_name', 'functionName'],
};

function namedBy(fields: ObjectNode, names: readonly string[]): Node | undefined {
  for (const name of names) if (fields.has(name)) return fields.get(name);
  return undefined;
}

function definition(
  kind: ThingKind,
  name: Node | undefined,
  more: { readonly reading: Reading; readonly address: string | undefined; readonly anchor: Span },
): Definition {
  const { reading, anchor } = more;
  const known = name?.kind === 'string' && !hasPlaceholder(name.value) ? (name satisfies StringNode) : undefined;
  const spot = known && spotIn(known, reading.text);
  return {
    kind,
    name: known?.value,
    spot,
    pattern: known === undefined && name?.kind === 'string' ? patternIn(name.value, reading.path) : undefined,
    address: more.address === undefined ? undefined : scopedAddress(more.address, reading.path),
    anchor: spot ?? anchor,
  };
}
