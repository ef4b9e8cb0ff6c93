/** A node of the JSONata parser's tree, as far as it is read here. `position` is where the node's token ends. */
export interface JsonataNode {
  readonly type: string;
  readonly value?: unknown;
  readonly position?: number;
  readonly steps?: readonly JsonataNode[];
  readonly stages?: readonly Stage[];
  readonly predicate?: readonly Stage[];
  readonly group?: { readonly lhs: readonly (readonly JsonataNode[])[] };
  readonly expressions?: readonly JsonataNode[];
  readonly expression?: JsonataNode;
  readonly arguments?: readonly JsonataNode[];
  readonly procedure?: JsonataNode;
  readonly body?: JsonataNode;
  readonly lhs?: JsonataNode | readonly (readonly JsonataNode[])[];
  readonly rhs?: JsonataNode;
  readonly condition?: JsonataNode;
  readonly then?: JsonataNode;
  readonly else?: JsonataNode;
  readonly pattern?: JsonataNode;
  readonly update?: JsonataNode;
  readonly delete?: JsonataNode;
  readonly terms?: readonly { readonly expression: JsonataNode }[];
  readonly focus?: string;
  readonly index?: string;
}

interface Stage {
  readonly type: string;
  readonly expr?: JsonataNode;
  readonly value?: unknown;
}

export interface VariableUse {
  /** Without its `$`. */
  readonly name: string;
  /** Field names that follow it directly. */
  readonly path: readonly string[];
  readonly from: number;
  readonly to: number;
}

export interface FunctionCall {
  readonly name: string;
  /** Undefined where the count cannot be told. */
  readonly argumentCount: number | undefined;
  readonly from: number;
  readonly to: number;
}

export interface TopLevelUse {
  /** The name, or `$` or `$$`. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface JsonataAnalysis {
  /** Variables that the expression reads and does not bind itself; functions that it calls are not among them. */
  readonly variables: readonly VariableUse[];
  /** Mentions of an input that expressions of the Amazon States Language do not have. */
  readonly topLevel: readonly TopLevelUse[];
  /** Calls of functions that the expression does not define itself. */
  readonly calls: readonly FunctionCall[];
  /** What kind of value it surely gives. */
  readonly result: 'text' | 'number' | 'boolean' | 'null' | 'array' | 'object' | 'unknown';
}

export function analyzeJsonata(root: JsonataNode): JsonataAnalysis {
  const analysis = new Analysis();
  analysis.visit(root, { isTop: true, bound: new Set() });
  return { ...analysis.found, result: resultOf(root) };
}

interface Place {
  /** Whether `$` here is the input of the whole expression, which there is none of. */
  readonly isTop: boolean;
  readonly bound: Set<string>;
}

class Analysis {
  readonly found = {
    variables: [] as VariableUse[],
    topLevel: [] as TopLevelUse[],
    calls: [] as FunctionCall[],
  };

  visit(node: JsonataNode | undefined, place: Place): void {
    if (node === undefined) return;
    switch (node.type) {
      case 'path':
        this.#path(node, place);
        return;
      case 'name':
      case 'variable':
        this.#path({ ...node, type: 'path', steps: [node] }, place);
        return;
      case 'block': {
        const inner = { ...place, bound: new Set(place.bound) };
        for (const expression of node.expressions ?? []) this.visit(expression, inner);
        break;
      }
      case 'bind':
        if (isNode(node.lhs)) place.bound.add(String(node.lhs.value));
        this.visit(node.rhs, place);
        break;
      case 'lambda': {
        const names = (node.arguments ?? []).map(({ value }) => String(value));
        this.visit(node.body, { isTop: false, bound: new Set([...place.bound, ...names]) });
        break;
      }
      case 'function':
      case 'partial':
        this.#call(node, place, 0);
        break;
      case 'apply':
        if (isNode(node.lhs)) this.visit(node.lhs, place);
        if (node.rhs?.type === 'function') this.#call(node.rhs, place, 1);
        else this.#functionOrValue(node.rhs, place);
        break;
      case 'transform':
        this.visit(node.pattern, { ...place, isTop: false });
        this.visit(node.update, { ...place, isTop: false });
        this.visit(node.delete, { ...place, isTop: false });
        break;
      default:
        this.#operands(node, place);
    }
    this.#stages(node, place);
  }

  #operands(node: JsonataNode, place: Place): void {
    if (isNode(node.lhs)) this.visit(node.lhs, place);
    else for (const pair of node.lhs ?? []) for (const part of pair) this.visit(part, place);
    this.visit(node.rhs, place);
    this.visit(node.expression, place);
    for (const expression of node.expressions ?? []) this.visit(expression, place);
    this.visit(node.condition, place);
    this.visit(node.then, place);
    this.visit(node.else, place);
  }

  #path(node: JsonataNode, place: Place): void {
    const steps = node.steps ?? [];
    const inner = { ...place, isTop: false };
    for (const [index, step] of steps.entries()) {
      const here = index === 0 ? place : inner;
      if (step.type === 'variable') this.#variable(step, steps.slice(index + 1), here);
      else if (step.type === 'name') {
        if (here.isTop) this.#top(step, String(step.value));
      } else if (step.type === 'sort') {
        for (const { expression } of step.terms ?? []) this.visit(expression, inner);
      } else this.visit(step, here);
      if (step.focus !== undefined) place.bound.add(step.focus);
      if (step.index !== undefined) place.bound.add(step.index);
      if (step.type === 'variable' || step.type === 'name' || step.type === 'sort') this.#stages(step, place);
    }
    this.#stages(node, place);
  }

  /** Filters, positions and groupings: what stands in them is evaluated for each item. */
  #stages(node: JsonataNode, place: Place): void {
    const inner = { ...place, isTop: false };
    for (const stage of [...(node.stages ?? []), ...(node.predicate ?? [])]) {
      if (stage.type === 'index') place.bound.add(String(stage.value));
      this.visit(stage.expr, inner);
    }
    for (const pair of node.group?.lhs ?? []) for (const part of pair) this.visit(part, inner);
  }

  #variable(step: JsonataNode, following: readonly JsonataNode[], place: Place): void {
    const name = String(step.value);
    if (name === '' || name === '$') {
      if (place.isTop || name === '$') this.#top(step, `$${name}`);
      return;
    }
    if (place.bound.has(name)) return;
    const path: string[] = [];
    const [filter] = step.predicate ?? step.stages ?? [];
    if (filter?.expr?.type === 'string') path.push(String(filter.expr.value));
    else if (filter === undefined) {
      for (const next of following) {
        if (next.type !== 'name') break;
        path.push(String(next.value));
      }
    }
    const to = step.position ?? 0;
    this.found.variables.push({ name, path, from: to - name.length - 1, to });
  }

  #top(step: JsonataNode, name: string): void {
    const to = step.position ?? 0;
    this.found.topLevel.push({ name, from: Math.max(0, to - name.length), to });
  }

  #functionOrValue(node: JsonataNode | undefined, place: Place): void {
    if (node?.type === 'variable') this.#called(node, undefined, place);
    else this.visit(node, place);
  }

  #call(node: JsonataNode, place: Place, more: number): void {
    const args = node.arguments ?? [];
    const { procedure } = node;
    if (procedure?.type === 'variable') {
      this.#called(procedure, node.type === 'partial' ? undefined : args.length + more, place);
    } else this.visit(procedure, place);
    for (const argument of args) {
      if (argument.type === 'operator') continue;
      this.visit(argument, place);
    }
  }

  #called(node: JsonataNode, argumentCount: number | undefined, place: Place): void {
    const name = String(node.value);
    if (place.bound.has(name)) return;
    const to = node.position ?? 0;
    this.found.calls.push({ name, argumentCount, from: to - name.length - 1, to });
  }
}

function isNode(value: JsonataNode['lhs']): value is JsonataNode {
  return value !== undefined && !Array.isArray(value);
}

const COMPARING = new Set(['=', '!=', '<', '<=', '>', '>=', 'and', 'or', 'in']);
const COMPUTING = new Set(['+', '-', '*', '/', '%']);

function resultOf(node: JsonataNode): JsonataAnalysis['result'] {
  const { type, value } = node;
  if ((node.predicate ?? node.stages ?? node.group) !== undefined) return 'unknown';
  if (type === 'string') return 'text';
  if (type === 'number') return 'number';
  if (type === 'value') return value === null ? 'null' : typeof value === 'boolean' ? 'boolean' : 'unknown';
  if (type === 'binary' && typeof value === 'string') {
    if (value === '&') return 'text';
    if (COMPARING.has(value)) return 'boolean';
    return COMPUTING.has(value) ? 'number' : 'unknown';
  }
  if (type === 'unary' && value === '{') return 'object';
  if (type === 'unary' && value === '[') return 'array';
  return 'unknown';
}
