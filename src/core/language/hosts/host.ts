import type { ArrayNode, Node, ObjectNode, StringNode, Tree, UnknownNode } from '../tree.ts';

/**
 * A file that holds definitions or configs among other things, read into the nodes of the one tree: every node's `start`
 * and `end` are offsets in the file. What only the file's own program knows (a variable, a call, an intrinsic) is an
 * unknown node; a string with such pieces holds `${name}` for each (`hasPlaceholder`). An object with a spread has `issues`.
 */
export type HostFile = TemplateFile | ProgramFile | TerraformFile;

/** CloudFormation or SAM, YAML or JSON. Functions such as `Fn::GetAtt` are nodes that `intrinsicOf` knows. */
export interface TemplateFile {
  readonly kind: 'template';
  readonly tree: Tree;
  readonly root: ObjectNode;
  /** In the order of the text. */
  readonly resources: readonly TemplateResource[];
}

export interface TemplateResource {
  readonly logicalId: string;
  readonly key: StringNode;
  /** `AWS::Glue::Job`. */
  readonly type: string;
  readonly node: ObjectNode;
  /** Undefined where there are none, or where they are no object. */
  readonly properties: ObjectNode | undefined;
}

/** Python, TypeScript or JavaScript. Nothing is run: names and calls are what stands in the text. */
export interface ProgramFile {
  readonly kind: 'program';
  readonly language: 'python' | 'javascript';
  readonly text: string;
  /** Object literals that are not inside another literal, in the order of the text; arguments of calls count as well. */
  readonly objects: readonly ObjectNode[];
  /** String literals outside of objects that hold a line break or begin with `{`: texts of another language. */
  readonly texts: readonly StringNode[];
  /** Every call and `new`, outer ones before inner ones. A call that is a value is also found by `callOf`. */
  readonly calls: readonly ProgramCall[];
}

export interface ProgramCall {
  /** As it is written: `aws.glue.Job`, `client.create_job`, `glue.CfnJob`; `().start_job_run` of what another call gives; empty where that is no name. */
  readonly callee: string;
  /** The whole call. */
  readonly node: UnknownNode;
  /** What stands between the parentheses: positional arguments, at last `keywords`. */
  readonly arguments: ArrayNode;
  readonly positional: readonly Node[];
  /** Keyword arguments by name (Python); empty elsewhere. It has `issues` where `**more` adds to them. */
  readonly keywords: ObjectNode;
}

export interface TerraformFile {
  readonly kind: 'terraform';
  readonly text: string;
  /** Outermost blocks in the order of the text. */
  readonly blocks: readonly TerraformBlock[];
}

export interface TerraformBlock {
  /** `resource`, `locals`, `command`. */
  readonly type: string;
  readonly labels: readonly StringNode[];
  /** Offset of the block's first and after its last character. */
  readonly start: number;
  readonly end: number;
  /** Attributes. Values of function calls are unknown nodes that `terraformCallOf` knows. */
  readonly body: ObjectNode;
  readonly blocks: readonly TerraformBlock[];
}
