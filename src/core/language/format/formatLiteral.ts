import type { TextChange } from '../lineIndex.ts';
import type { ContainerNode, Node, Tree } from '../tree.ts';

/**
 * Changes of blanks that lay out an object literal of JSON, a program or Terraform: one member a line and indented by
 * its depth where the literal goes over several lines; what is on one line, values that only the program knows,
 * comments and single empty lines are kept. `indent` is one step where the literal shows none.
 */
export function formatLiteral({ text, root, part }: Tree, indent: string): readonly TextChange[] {
  const base = blanksBefore(text, root.start);
  const first = /\n([ \t]+)\S/.exec(text.slice(root.start, root.end))?.[1];
  const unit = first?.startsWith(base) && first.length > base.length ? first.slice(base.length) : indent;
  const layout = new LiteralLayout(text, unit, part?.syntax !== 'terraform');
  layout.visit(root, base);
  return layout.changes;
}

class LiteralLayout {
  readonly changes: TextChange[] = [];

  constructor(
    private readonly text: string,
    private readonly unit: string,
    /** Terraform lines up what stands behind its equals signs. */
    private readonly hasColons: boolean,
  ) {}

  visit(node: Node, indent: string): void {
    if (node.kind !== 'object' && node.kind !== 'array') return;
    const { start, end } = node;
    const isWritten = /[[{]/.test(this.text[start] ?? '') && /[\]}]/.test(this.text[end - 1] ?? '');
    if (!isWritten || !this.text.slice(start, end).includes('\n')) return;
    const inner = indent + this.unit;
    let at = start + 1;
    for (const { from, value } of membersOf(node)) {
      this.#place(at, from.start, inner, at > start + 1);
      if (from !== value) this.#space(from.end, value.start);
      this.visit(value, inner);
      at = value.end;
    }
    if (at > start + 1) this.#place(at, end - 1, indent, false);
  }

  /** Between a name and its value. */
  #space(from: number, to: number): void {
    if (this.hasColons && /^\s*:\s*$/.test(this.text.slice(from, to))) this.#change(from, to, ': ');
  }

  /** Between two members, or a member and a bracket: commas and comments stay, a line begins after them. */
  #place(from: number, to: number, indent: string, mayHaveEmptyLine: boolean): void {
    const gap = this.text.slice(from, to);
    const head = gap.trimEnd();
    const blanks = gap.slice(head.length);
    const lineEnd = blanks.includes('\r\n') || this.text.includes('\r\n') ? '\r\n' : '\n';
    const comma = /^\s+(?=,)/.exec(head)?.[0] ?? '';
    if (comma !== '') this.#change(from, from + comma.length, '');
    // Lines of texts in it are not for us to move.
    if (!/["'`]/.test(head)) {
      for (const { index, 0: line } of head.matchAll(/\n[ \t]*(?=\S)/g)) {
        if (index >= comma.length) this.#change(from + index, from + index + line.length, `\n${indent}`);
      }
    }
    const hasEmptyLine = mayHaveEmptyLine && (blanks.match(/\n/g)?.length ?? 0) > 1;
    this.#change(from + head.length, to, `${hasEmptyLine ? lineEnd : ''}${lineEnd}${indent}`);
  }

  #change(from: number, to: number, text: string): void {
    if (this.text.slice(from, to) !== text) this.changes.push({ offset: from, length: to - from, text });
  }
}

interface Member {
  /** The name, or the item itself. */
  readonly from: Node;
  readonly value: Node;
}

function membersOf(node: ContainerNode): readonly Member[] {
  const members =
    node.kind === 'object'
      ? node.properties.map(({ key, value }) => ({ from: key, value }))
      : node.items.map((item) => ({ from: item, value: item }));
  return members.sort((a, b) => a.from.start - b.from.start);
}

function blanksBefore(text: string, offset: number): string {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, offset))?.[0] ?? '';
}
