import type { Node, StringNode } from '../../language/tree.ts';
import { propertyOf } from '../../language/treeQueries.ts';
import type { Cursor } from '../cursor.ts';
import type { FieldSpec } from '../fields/spec.ts';
import type { VisitedField } from '../fields/visit.ts';
import { indexAt } from './completion.ts';

/** The expression around an offset: what is written before it in which language. */
export interface ExpressionPlace {
  readonly language: 'JSONata' | 'JSONPath';
  readonly node: StringNode;
  /** Decoded text from the beginning of the expression to the offset. */
  readonly before: string;
  /** Where `before` ends, in units of the node's value. */
  readonly index: number;
  /** Whether an intrinsic function may stand here besides a path. */
  readonly allowsCalls: boolean;
  /** The field of the state that the string belongs to. */
  readonly field: VisitedField | undefined;
}

/** The expression that the offset is in; undefined where the text is no expression. */
export function expressionAt(cursor: Cursor, offset: number): ExpressionPlace | undefined {
  const { node, state, role } = cursor;
  if (node.kind !== 'string' || state === undefined || (role !== 'value' && role !== 'item')) return undefined;
  const index = indexAt(node, offset);
  const field = fieldAround(cursor);
  if (state.isJsonata) {
    const isInside = node.value.startsWith('{%') && index >= 2 && !node.value.slice(0, index).includes('%}');
    if (!isInside) return undefined;
    return { language: 'JSONata', node, before: node.value.slice(2, index), index, allowsCalls: true, field };
  }
  const use = pathUse(cursor.field);
  const isTemplate = role === 'value' && cursor.property?.key.value.endsWith('.$') === true;
  if (use === undefined && !isTemplate) return undefined;
  const allowsCalls = isTemplate || use === 'textOrIntrinsic';
  return { language: 'JSONPath', node, before: node.value.slice(0, index), index, allowsCalls, field };
}

/** Whether a string here could be an expression, though it is none yet. */
export function takesExpression(cursor: Cursor): boolean {
  const { state, role } = cursor;
  if (state?.isJsonata !== true || (role !== 'value' && role !== 'item')) return false;
  const spec = fieldAround(cursor)?.spec ?? cursor.field;
  if (spec === undefined || spec.language === 'JSONPath') return false;
  return spec.value.kind === 'payload' || 'expression' in spec.value || cursor.property?.key.value === 'Condition';
}

/** The field of a state, or of a part of it, that the place is in: itself or in a payload below it. */
function fieldAround({ node, state }: Pick<Cursor, 'node' | 'state'>): VisitedField | undefined {
  const fields = state?.visit.fields ?? [];
  for (let current: Node | undefined = node; current; current = current.parent) {
    const around = propertyOf(current);
    const found = around && fields.find(({ property }) => property === around);
    if (found) return found;
  }
  return undefined;
}

function pathUse(field: FieldSpec | undefined): string | undefined {
  return field?.value.kind === 'path' ? field.value.use : undefined;
}
