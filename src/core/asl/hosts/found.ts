import type { Node, ObjectNode, StringNode, TreePart } from '../../language/tree.ts';
import type { MachineType } from '../model.ts';

/** A definition in a file of another kind, or where such a file says that it is. */
export interface FoundDefinition {
  /** What the file calls it: a logical id, a Terraform address; empty where it has no name. */
  readonly name: string;
  readonly place: DefinitionPlace;
  /** As the file says; undefined where it does not. */
  readonly machineType: MachineType | undefined;
  /** What is put in for `${Name}` before AWS reads it; undefined where nothing is. */
  readonly substitutions: Substitutions | undefined;
}

export type DefinitionPlace =
  /** Written out in the file's own syntax. */
  | { readonly kind: 'object'; readonly node: ObjectNode; readonly syntax: TreePart['syntax'] }
  /** JSON in one of its strings. */
  | { readonly kind: 'text'; readonly string: StringNode; readonly syntax: TreePart['syntax'] }
  /** In a file beside it. */
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly at: Node;
      /** Whether the path counts from the folder of this file for certain. */
      readonly isBeside: boolean;
    };

export interface Substitutions {
  /** The names with their values; undefined where the file does not write them out. */
  readonly map: ObjectNode | undefined;
  /** Where they are listed, or would be. */
  readonly at: Node;
  /** `DefinitionSubstitutions`, `templatefile()`. */
  readonly by: 'template' | 'terraform';
}
