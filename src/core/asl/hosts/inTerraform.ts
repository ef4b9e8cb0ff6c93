import type { TerraformBlock, TerraformFile } from '../../language/hosts/host.ts';
import { terraformCallOf } from '../../language/hosts/terraform/expressions.ts';
import { hasPlaceholder } from '../../language/placeholders.ts';
import type { Node } from '../../language/tree.ts';
import type { MachineType } from '../model.ts';
import type { DefinitionPlace, FoundDefinition, Substitutions } from './found.ts';

/** The definitions of the state machines of a Terraform file, those of `locals` included, in the order of the text. */
export function definitionsInTerraform({ blocks }: TerraformFile): FoundDefinition[] {
  return blocks.flatMap((block) => {
    if (block.type === 'locals') return block.body.properties.flatMap(({ key, value }) => ofLocal(key.value, value));
    const [type, name] = block.labels;
    if (block.type !== 'resource' || type?.value !== 'aws_sfn_state_machine') return [];
    const found = placeOf(block.body.get('definition'));
    return found === undefined ? [] : [{ ...found, name: name?.value ?? '', machineType: machineTypeOf(block) }];
  });
}

/** A local value may be of any kind: only what has both fields is a definition. */
function ofLocal(name: string, value: Node): FoundDefinition[] {
  const found = placeOf(value.kind === 'object' ? undefined : value) ?? objectPlace(value);
  if (found === undefined || found.place.kind === 'file') return [];
  const { place } = found;
  const isDefinition =
    place.kind === 'object'
      ? place.node.has('StartAt') && place.node.has('States')
      : /^\s*\{/.test(place.string.value) && /"StartAt"[^]*"States"|"States"[^]*"StartAt"/.test(place.string.value);
  return isDefinition ? [{ ...found, name, machineType: undefined }] : [];
}

function machineTypeOf({ body }: TerraformBlock): MachineType | undefined {
  const type = body.get('type');
  if (type === undefined) return 'STANDARD';
  return type.kind === 'string' && (type.value === 'EXPRESS' || type.value === 'STANDARD') ? type.value : undefined;
}

type Place = Pick<FoundDefinition, 'place' | 'substitutions'>;

/** `jsonencode({…})`, a heredoc or other text, `templatefile(path, map)`, `file(path)`. */
function placeOf(node: Node | undefined): Place | undefined {
  if (node?.kind === 'string') {
    return { place: { kind: 'text', string: node, syntax: 'terraform' }, substitutions: undefined };
  }
  const call = node && terraformCallOf(node);
  const [first, second] = call?.arguments ?? [];
  if (call === undefined || first === undefined) return undefined;
  if (call.name === 'jsonencode') return objectPlace(first);
  if (call.name !== 'templatefile' && call.name !== 'file') return undefined;
  const place = filePlace(first);
  const map = second?.kind === 'object' ? second : undefined;
  const substitutions: Substitutions | undefined =
    call.name === 'templatefile' ? { map, at: second ?? first, by: 'terraform' } : undefined;
  return place && { place, substitutions };
}

function objectPlace(node: Node): Place | undefined {
  if (node.kind !== 'object') return undefined;
  return { place: { kind: 'object', node, syntax: 'terraform' }, substitutions: undefined };
}

/** A path beside the file: `${path.module}/x.asl.json`. */
function filePlace(node: Node): DefinitionPlace | undefined {
  if (node.kind !== 'string') return undefined;
  // Other paths count from the root module or from where Terraform runs, which need not be here.
  const isBeside = node.value.startsWith('${path.module}/');
  const path = node.value.replace(/^\$\{path\.(?:module|root|cwd)\}\//, './');
  return hasPlaceholder(path) || path === '' ? undefined : { kind: 'file', path, at: node, isBeside };
}
