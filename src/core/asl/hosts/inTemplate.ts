import type { TemplateFile, TemplateResource } from '../../language/hosts/host.ts';
import { hasPlaceholder } from '../../language/placeholders.ts';
import type { Node } from '../../language/tree.ts';
import type { MachineType } from '../model.ts';
import type { DefinitionPlace, FoundDefinition, Substitutions } from './found.ts';

const TYPES: ReadonlySet<string> = new Set(['AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine']);

/** The definitions of the state machines of a template, in the order of the text. */
export function definitionsInTemplate(file: TemplateFile): FoundDefinition[] {
  return file.resources.flatMap((resource) => {
    if (!isStateMachine(resource) || resource.properties === undefined) return [];
    const { properties } = resource;
    const places = [
      ownPlace(properties.get('Definition'), file),
      ownPlace(properties.get('DefinitionString'), file),
      filePlace(properties.get('DefinitionUri') ?? properties.get('DefinitionS3Location')),
    ];
    const map = properties.get('DefinitionSubstitutions');
    const substitutions: Substitutions | undefined =
      map === undefined ? undefined : { map: map.kind === 'object' ? map : undefined, at: map, by: 'template' };
    const machineType = machineTypeOf(typeNode(resource));
    return places.flatMap((place) =>
      place === undefined ? [] : [{ name: resource.logicalId, place, machineType, substitutions }],
    );
  });
}

export function isStateMachine({ type }: TemplateResource): boolean {
  return TYPES.has(type);
}

/** Where the template says whether the machine is an Express one. */
export function typeNode({ properties }: TemplateResource): Node | undefined {
  return properties?.get('StateMachineType') ?? properties?.get('Type');
}

function machineTypeOf(node: Node | undefined): MachineType | undefined {
  // AWS makes a Standard machine where nothing is said.
  if (node === undefined) return 'STANDARD';
  return node.kind === 'string' && (node.value === 'EXPRESS' || node.value === 'STANDARD') ? node.value : undefined;
}

function ownPlace(node: Node | undefined, { tree }: TemplateFile): DefinitionPlace | undefined {
  if (node?.kind === 'object') return { kind: 'object', node, syntax: tree.format };
  return node?.kind === 'string' ? { kind: 'text', string: node, syntax: tree.format } : undefined;
}

/** A path that is written out; what has been uploaded already is out of sight. */
function filePlace(node: Node | undefined): DefinitionPlace | undefined {
  if (node?.kind !== 'string' || hasPlaceholder(node.value) || /^[a-z0-9]+:\/\//i.test(node.value)) return undefined;
  return node.value === '' ? undefined : { kind: 'file', path: node.value, at: node, isBeside: true };
}
