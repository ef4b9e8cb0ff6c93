import type { Node, ObjectNode, Property } from '../language/tree.ts';
import type { Dialect } from './dialect.ts';
import { spellingsOf } from './fields/shapes.ts';
import type { ShapeName } from './fields/spec.ts';
import { knownNumber, knownText, writtenText } from './values.ts';

/** How a document writes its configs. */
export interface Writing {
  readonly dialect: Dialect;
  /** The text of the document. */
  readonly source: string;
}

/** An object of a config whose fields are asked for by the names of the API, however its dialect writes them. */
export class Part {
  constructor(
    readonly node: ObjectNode,
    readonly shape: ShapeName,
    private readonly writing: Writing,
    private readonly hasMore = false,
  ) {}

  get dialect(): Dialect {
    return this.writing.dialect;
  }

  get source(): string {
    return this.writing.source;
  }

  /** Whether more may be in it than the text shows: a spread, a dynamic block, a bracket that is still to come. */
  get isOpen(): boolean {
    return this.hasMore || this.node.issues?.unclosed === true;
  }

  /** A field that has a value: `null` is as good as absent. */
  property(name: string): Property | undefined {
    for (const spelling of spellingsOf(this.shape, name, this.dialect)) {
      const property = this.node.property(spelling);
      if (property !== undefined && property.value.kind !== 'null') return property;
    }
    return undefined;
  }

  get(name: string): Node | undefined {
    return this.property(name)?.value;
  }

  has(name: string): boolean {
    return this.property(name) !== undefined;
  }

  /** The value where it is known from the text, numbers as they are written. */
  text(name: string): string | undefined {
    return knownText(this.get(name), this.source);
  }

  /** The value with what is filled in later as placeholders. */
  written(name: string): string | undefined {
    return writtenText(this.get(name), this.source);
  }

  number(name: string): number | undefined {
    return knownNumber(this.get(name), this.source);
  }

  /** How the dialect writes the name of a field. */
  spell(name: string): string {
    const all = spellingsOf(this.shape, name, this.dialect);
    // Where the dialect has several styles, the one of the fields that are there.
    const isCamel = this.node.properties.some(({ key }) => /^[a-z]+[A-Z]/.test(key.value));
    const own = isCamel ? all.find((one) => !one.includes('_') && /^[a-z]/.test(one)) : undefined;
    return own ?? all[0] ?? name;
  }

  /** The object in a field; of several blocks, the first. */
  part(name: string, shape: ShapeName): Part | undefined {
    return this.parts(name, shape)[0];
  }

  /** The same object as one of another shape. */
  as(shape: ShapeName): Part {
    return new Part(this.node, shape, this.writing, this.hasMore);
  }

  /** The objects in a field: a list, or one alone. */
  parts(name: string, shape: ShapeName): readonly Part[] {
    const value = this.get(name);
    const nodes = value?.kind === 'array' ? value.items : value === undefined ? [] : [value];
    return nodes.filter((node) => node.kind === 'object').map((node) => new Part(node, shape, this.writing));
  }
}
