import type { Node, ObjectNode, StringNode } from '../../language/tree.ts';
import type { State } from '../model.ts';
import { SHAPES } from './parts.ts';
import type { FieldSpec, ShapeName } from './spec.ts';
import { EXPRESSION, PAYLOAD, StateForm, UNKNOWN_FIELD } from './stateForm.ts';

/** A field of a state, or of an object in it, that the language has. */
export interface VisitedField {
  readonly name: string;
  readonly key: StringNode;
  readonly node: Node;
  readonly spec: FieldSpec;
  readonly owner: VisitedObject;
}

export interface VisitedObject {
  readonly node: ObjectNode;
  readonly shape: ShapeName;
}

/** What a state holds, by meaning. States of inner scopes are not part of it, the objects that hold them are. */
export interface Visit {
  readonly form: StateForm;
  readonly objects: readonly VisitedObject[];
  readonly fields: readonly VisitedField[];
  /** Strings that are JSONata expressions, in fields where they are evaluated; empty in JSONPath states. */
  readonly expressions: readonly VisitedExpression[];
  /** Values of fields ending in `.$` and other fields of payload templates; empty in JSONata states. */
  readonly templates: readonly VisitedField[];
}

export interface VisitedExpression {
  readonly node: StringNode;
  readonly field: VisitedField;
}

/** Whether AWS evaluates the string: it begins with `{%` and ends with `%}`, nothing around. */
export function isExpression(text: string): boolean {
  return text.startsWith('{%') && text.endsWith('%}') && text.length >= 4;
}

export function visitState(state: State): Visit {
  const visitor = new Visitor(state);
  if (state.type !== undefined) visitor.object(state.node, state.type);
  return visitor;
}

const SPECS: Readonly<Record<string, ReadonlyMap<string, FieldSpec>>> = Object.fromEntries(
  Object.entries(SHAPES).map(([shape, { fields }]) => [shape, new Map(Object.entries(fields))]),
);

class Visitor implements Visit {
  readonly objects: VisitedObject[] = [];
  readonly fields: VisitedField[] = [];
  readonly expressions: VisitedExpression[] = [];
  readonly templates: VisitedField[] = [];

  readonly #isJsonata: boolean;
  form: StateForm;

  constructor({ type, queryLanguage, isJsonata }: State) {
    this.#isJsonata = isJsonata;
    this.form = StateForm.of(type, queryLanguage);
  }

  object(node: ObjectNode, shape: ShapeName): void {
    const owner: VisitedObject = { node, shape };
    this.objects.push(owner);
    const specs = SPECS[shape];
    for (const { key, value } of node.properties) {
      const name = key.value;
      const spec = specs?.get(name);
      this.form = this.form.with(spec === undefined ? UNKNOWN_FIELD : name);
      if (spec === undefined) continue;
      const field: VisitedField = { name, key, node: value, spec, owner };
      this.fields.push(field);
      this.#value(field);
    }
  }

  #value(field: VisitedField): void {
    const { node, spec, name } = field;
    const { value } = spec;
    const isHere = spec.language === undefined || (spec.language === 'JSONata') === this.#isJsonata;
    switch (value.kind) {
      case 'object':
        if (node.kind === 'object') this.object(node, value.shape);
        return;
      case 'list':
        if (node.kind === 'array') {
          for (const item of node.items) if (item.kind === 'object') this.object(item, value.shape);
        }
        return;
      case 'payload':
        if (!isHere) return;
        this.form = this.form.with(PAYLOAD);
        if (this.#isJsonata) this.#expressions(field, node);
        else this.templates.push(field);
        return;
      case 'any':
        if (name === 'Condition' && isHere) this.#expressions(field, node);
        else this.#nestedRules(name, node);
        return;
      default:
        if ('expression' in value && this.#isJsonata) this.#expressions(field, node);
    }
  }

  #nestedRules(name: string, node: Node): void {
    if ((name === 'And' || name === 'Or') && node.kind === 'array') {
      for (const item of node.items) if (item.kind === 'object') this.object(item, 'nestedChoiceRule');
    } else if (name === 'Not' && node.kind === 'object') this.object(node, 'nestedChoiceRule');
  }

  #expressions(field: VisitedField, node: Node): void {
    if (node.kind === 'string') {
      if (!isExpression(node.value)) return;
      this.form = this.form.with(EXPRESSION);
      this.expressions.push({ node, field });
    } else if (node.kind === 'object') {
      for (const { value } of node.properties) this.#expressions(field, value);
    } else if (node.kind === 'array') {
      for (const item of node.items) this.#expressions(field, item);
    }
  }
}
