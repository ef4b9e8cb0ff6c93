import type { LineIndex, TextChange } from '../language/lineIndex.ts';
import type { Finding } from '../language/rules/findings.ts';
import type { ObjectNode, Tree } from '../language/tree.ts';
import type { Machine } from './model.ts';

/** One definition, in a file of its own or inside another one: what the features of an editor are made of. */
export interface AslDefinition {
  /** What the file around calls it: a logical id, a Terraform address; empty where it has no name. */
  readonly name: string;
  /** The text of the whole file, which all offsets count in. */
  readonly text: string;
  readonly lines: LineIndex;
  readonly tree: Tree;
  /** Undefined while the root is no object. */
  readonly machine: Machine | undefined;
  /** Values that the file around puts in for `${Name}`, as far as it writes them out. */
  readonly substitutions: ObjectNode | undefined;
  findings(): Finding[];
  /** The definition around `offset` in the text after one change; undefined where there is none. This one stays. */
  after(change: TextChange, offset: number): AslDefinition | undefined;
}
