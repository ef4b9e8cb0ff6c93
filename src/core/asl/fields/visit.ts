import type { Node, ObjectNode, Property, StringNode } from '../../language/tree.ts';
import { looksLikeIntrinsic } from '../expressions/intrinsics.ts';
import type { State } from '../model.ts';
import { SHAPES } from './parts.ts';
import type { FieldSpec, ShapeName } from './spec.ts';
import {
  COMPOSED,
  CONTEXT,
  DELIMITER,
  EXPRESSION,
  INTRINSIC,
  OTHER_LANGUAGE,
  PATH_AS_TEXT,
  PAYLOAD,
  StateForm,
  TEMPLATE_FIELD,
  UNKNOWN_FIELD,
  VARIABLE,
} from './stateForm.ts';

/** A field of a state, or of an object in it, that the language has. */
export interface VisitedField {
  readonly name: string;
  readonly property: Property;
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
  /** Fields that hold payload templates; empty in JSONata states. */
  readonly templates: readonly VisitedField[];
  /** The fields ending in `.$` in all of them, at any depth. */
  readonly templateFields: readonly TemplateField[];
}

/** A field of a payload template whose name ends in `.$`: its value is a path or an intrinsic function. */
export interface TemplateField {
  readonly property: Property;
  readonly node: Node;
  readonly object: ObjectNode;
  /** The field of the state that the template is the value of. */
  readonly field: VisitedField;
}

export interface VisitedExpression {
  readonly node: StringNode;
  readonly field: VisitedField;
}

/** Whether AWS evaluates the string: it begins with `{%` and ends with `%}`, nothing around. */
export function isExpression(text: string): boolean {
  return text.startsWith('{%') && text.endsWith('%}') && text.length >= 4;
}

/** Whether a payload template evaluates the value of a field of this name. */
function isTemplateName(name: string): boolean {
  return name.endsWith('.$');
}

/** `$`, `$.order.id` */
const PLAIN_PATH = /^\$(?:\.[A-Za-z_]\w*)*$/;
/** `$order`, alone or in the arguments of a function. */
const VARIABLE_USE = /\$[^.$[]/;

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
  readonly templateFields: TemplateField[] = [];

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
    for (const property of node.properties) {
      const { name, value } = property;
      const spec = specs?.get(name);
      this.#mark(spec === undefined ? UNKNOWN_FIELD : name);
      if (spec === undefined) continue;
      const field: VisitedField = { name, property, node: value, spec, owner };
      this.fields.push(field);
      this.#value(field);
    }
  }

  #value(field: VisitedField): void {
    const { node, spec, name } = field;
    const { value } = spec;
    const isHere = spec.language === undefined || (spec.language === 'JSONata') === this.#isJsonata;
    if (!isHere) this.#mark(OTHER_LANGUAGE);
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
        this.#mark(PAYLOAD);
        if (this.#isJsonata) this.#expressions(field, node);
        else {
          this.templates.push(field);
          this.#template(field, node);
        }
        return;
      case 'path':
        if (isHere && node.kind === 'string') this.#evaluated(node.value);
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
      const { value } = node;
      if (isExpression(value)) {
        this.#mark(EXPRESSION);
        if (value.includes('context')) this.#mark(CONTEXT);
        this.expressions.push({ node, field });
      } else if (value.includes('{%') || value.includes('%}')) this.#mark(DELIMITER);
    } else if (node.kind === 'object') {
      for (const { name, value } of node.properties) {
        if (isTemplateName(name)) this.#mark(TEMPLATE_FIELD);
        this.#expressions(field, value);
      }
    } else if (node.kind === 'array') {
      for (const item of node.items) this.#expressions(field, item);
    }
  }

  #template(field: VisitedField, node: Node): void {
    if (node.kind === 'object') {
      for (const property of node.properties) {
        const { name, value } = property;
        if (!isTemplateName(name)) this.#template(field, value);
        else {
          this.#mark(TEMPLATE_FIELD);
          this.templateFields.push({ property, node: value, object: node, field });
          if (value.kind === 'string') this.#evaluated(value.value);
          else this.#misplaced();
        }
      }
    } else if (node.kind === 'array') {
      for (const item of node.items) this.#template(field, item);
    } else if (node.kind === 'string') this.#passedOn(node.value);
  }

  #passedOn(text: string): void {
    if (text.startsWith('$') || text.startsWith('States.')) this.#mark(PATH_AS_TEXT);
    else if (isExpression(text)) this.#mark(EXPRESSION);
  }

  #evaluated(text: string): void {
    if (PLAIN_PATH.test(text)) return;
    this.#mark(COMPOSED);
    if (isExpression(text)) this.#mark(EXPRESSION);
    if (looksLikeIntrinsic(text)) this.#mark(INTRINSIC);
    if (text.includes('$$')) this.#mark(CONTEXT);
    if (VARIABLE_USE.test(text)) this.#mark(VARIABLE);
  }

  /** Any value where a string should be: whatever is in it. */
  #misplaced(): void {
    this.#mark(COMPOSED);
    this.#mark(PATH_AS_TEXT);
    this.#mark(EXPRESSION);
  }

  #mark(mark: string): void {
    this.form = this.form.with(mark);
  }
}
