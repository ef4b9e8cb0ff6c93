import type { LineIndex } from '../lineIndex.ts';
import type { Node } from '../tree.ts';

const MARK = 'sluice-ignore:';

/**
 * Where a document says that a finding is wanted: `sluice-ignore: rule, rule` in a comment at the end of the line or in
 * the comment lines above it, or, where there are no comments, in the `Comment` field of an object around it. `asl/` and
 * `glue/` may be left out, `*` stands for all.
 */
export class Ignores {
  #isUsed: boolean | undefined;

  constructor(
    private readonly text: string,
    private readonly lines: LineIndex,
  ) {}

  has(rule: string, line: number, node: Node | undefined): boolean {
    this.#isUsed ??= this.text.includes(MARK);
    return this.#isUsed && (this.#inComments(rule, line) || inCommentFields(rule, node));
  }

  #inComments(rule: string, line: number): boolean {
    if (names(/(?:#|\/\/).*$/.exec(this.#lineText(line))?.[0], rule)) return true;
    for (let above = line - 1; above >= 0; above--) {
      const comment = /^\s*(?:#|\/\/).*$/.exec(this.#lineText(above));
      if (comment === null) return false;
      if (names(comment[0], rule)) return true;
    }
    return false;
  }

  #lineText(line: number): string {
    return this.text.slice(this.lines.lineStart(line), this.lines.lineEnd(line)).trimEnd();
  }
}

function inCommentFields(rule: string, node: Node | undefined): boolean {
  for (let current = node; current !== undefined; current = current.parent) {
    if (current.kind !== 'object') continue;
    const comment = current.get('Comment');
    if (comment?.kind === 'string' && names(comment.value, rule)) return true;
  }
  return false;
}

function names(comment: string | undefined, rule: string): boolean {
  const at = comment?.indexOf(MARK) ?? -1;
  if (comment === undefined || at < 0) return false;
  const listed = /^[\s\w/*-]+(?:,[\s\w/*-]+)*/.exec(comment.slice(at + MARK.length))?.[0] ?? '';
  return listed
    .split(/[,\s]+/)
    .some((name) => name === '*' || name === rule || `asl/${name}` === rule || `glue/${name}` === rule);
}
