import { parseTree, type Format } from '../edit.ts';
import { parseYaml } from './yaml.ts';
import type { ObjectNode, Tree } from '../tree.ts';
import type { TemplateFile, TemplateResource } from './host.ts';
import { resolveIntrinsics } from './intrinsics.ts';

/** Reads a template; undefined where the text has no resource of AWS. */
export function readTemplate(text: string, format: Format): TemplateFile | undefined {
  const tree = format === 'yaml' ? parseYaml(text, { tagsAreFunctions: true }) : parseTree(text, format);
  return templateOf(tree);
}

/** The template that a tree is; functions with tags must have been read as objects. */
function templateOf(tree: Tree): TemplateFile | undefined {
  const root = resolveIntrinsics(tree.root);
  if (root.kind !== 'object') return undefined;
  const resources = resourcesOf(root);
  return resources.length === 0 ? undefined : { kind: 'template', tree: { ...tree, root }, root, resources };
}

function resourcesOf(root: ObjectNode): TemplateResource[] {
  const resources = root.get('Resources');
  if (resources?.kind !== 'object') return [];
  return resources.properties.flatMap(({ key, value: node }): TemplateResource[] => {
    if (node.kind !== 'object') return [];
    const type = node.get('Type');
    if (type?.kind !== 'string' || !/^[A-Za-z0-9]+::/.test(type.value)) return [];
    const properties = node.get('Properties');
    return [
      {
        logicalId: key.value,
        key,
        type: type.value,
        node,
        properties: properties?.kind === 'object' ? properties : undefined,
      },
    ];
  });
}
