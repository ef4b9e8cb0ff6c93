import type { TerraformBlock, TerraformFile } from '../../language/hosts/host.ts';
import { terraformCallOf } from '../../language/hosts/terraform/expressions.ts';
import { ArrayNode, SPREAD, UnknownNode, type Node, type ObjectNode } from '../../language/tree.ts';
import { buildHolding, buildJob, buildTrigger, buildWorkflow } from '../build.ts';
import type { ShapeName } from '../fields/spec.ts';
import type { Resource } from '../model.ts';
import { Part } from '../part.ts';
import { entriesOf, standingObject, type Entry } from './standing.ts';

const KINDS: Readonly<Record<string, ShapeName>> = {
  aws_glue_job: 'job',
  aws_glue_trigger: 'trigger',
  aws_glue_workflow: 'workflow',
  aws_glue_crawler: 'crawler',
  aws_glue_connection: 'connection',
  aws_glue_security_configuration: 'securityConfiguration',
};

/** What a Terraform file describes of Glue, in the order of the text. */
export function resourcesInTerraform({ blocks, text }: TerraformFile): Resource[] {
  return blocks.flatMap((block): Resource[] => {
    const [type, label] = block.labels;
    const shape = block.type === 'resource' && type !== undefined ? KINDS[type.value] : undefined;
    if (shape === undefined || type === undefined || label === undefined) return [];
    const standing = { anchor: label, address: `${type.value}.${label.value}` };
    const part = new Part(objectOf(block, 0), shape, { dialect: 'terraform', source: text });
    switch (shape) {
      case 'job':
        return [buildJob(part, standing)];
      case 'trigger':
        return [buildTrigger(part, standing)];
      case 'crawler':
      case 'connection':
      case 'securityConfiguration':
        return [buildHolding(shape, part, standing)];
      default:
        return [buildWorkflow(part, standing)];
    }
  });
}

type Blocks = readonly [TerraformBlock, ...TerraformBlock[]];

/** A block as one object: its attributes, and the blocks in it, which become a list where there are several of a type. */
function objectOf(block: TerraformBlock, base: number, isDynamic = false): ObjectNode {
  const { start, end, body } = block;
  const inner = new Map<string, Blocks>();
  for (const one of block.blocks) {
    const name = one.type === 'dynamic' ? (one.labels[0]?.value ?? '') : one.type;
    const before = inner.get(name);
    inner.set(name, before === undefined ? [one] : [...before, one]);
  }
  const entries = [...inner].map(([name, blocks]) => entryOf(name, blocks));
  const issues = isDynamic ? { issues: SPREAD } : body.issues && { issues: body.issues };
  return standingObject({ start, end }, [...entriesOf(body), ...entries], { read, base, ...issues });
}

function entryOf(name: string, blocks: Blocks): Entry {
  const [first] = blocks;
  const { start } = first;
  const key = { name, start, end: start + first.type.length };
  const isDynamic = blocks.some(({ type }) => type === 'dynamic');
  const held = blocks.map((block) => (block.type === 'dynamic' ? contentOf(block) : block));
  const known = held.filter((block) => block !== undefined);
  if (known.length < held.length) return { key, value: new UnknownNode(start, first.end - start, 'intrinsic') };
  const [only] = known;
  if (only !== undefined && known.length === 1) return { key, value: objectOf(only, 0, isDynamic) };
  const end = Math.max(...known.map((block) => block.end));
  const items = known.map((block, index) => objectOf(block, start, blocks[index]?.type === 'dynamic'));
  return { key, value: new ArrayNode(start, end - start, items, isDynamic ? SPREAD : undefined) };
}

/** What each block looks like that a dynamic block makes; how many there are, if any, is known to Terraform alone. */
function contentOf(block: TerraformBlock): TerraformBlock | undefined {
  return block.blocks.find(({ type }) => type === 'content');
}

/** `merge(local.common, {…})` has at least what it shows, and `tomap({…})` is what it shows. */
function read(node: Node): Node | undefined {
  const call = node.kind === 'unknown' ? terraformCallOf(node) : undefined;
  if (call === undefined) return undefined;
  const [first] = call.arguments;
  if (call.name === 'tomap' || call.name === 'tolist') return first;
  if (call.name !== 'merge') return undefined;
  const known = call.arguments.filter((argument) => argument.kind === 'object');
  if (known.length === 0) return undefined;
  const isAll = known.length === call.arguments.length && known.every(({ issues }) => issues === undefined);
  const { start, end } = node;
  const issues = isAll ? undefined : { issues: SPREAD };
  return standingObject({ start, end }, known.flatMap(entriesOf), { read, ...issues });
}
