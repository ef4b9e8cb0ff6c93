import { isCollection, isScalar, visit, type Document, type Node as YamlNode, type YAMLError } from 'yaml';
import type { ContainerIssues, SyntaxIssue } from '../tree.ts';

/** Errors that are told. */
const MAX_ERRORS = 100;

/** What is wrong with the syntax of a document. */
export interface YamlFaults {
  readonly issues: SyntaxIssue[];
  /** What may not mean what its writer meant: what a rule says of it follows from an issue. Offsets in the text. */
  readonly unsure: readonly Span[];
  /** Where the structure breaks, with where that is told; undefined where it can be relied on. */
  readonly broken: Span | undefined;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Faults that concern a value alone: what comes after them is read as it is meant. */
const LOCAL: ReadonlySet<YAMLError['code']> = new Set([
  'ALIAS_PROPS',
  'BAD_ALIAS',
  'BAD_DIRECTIVE',
  'BAD_DQ_ESCAPE',
  'BAD_PROP_ORDER',
  'BAD_SCALAR_START',
  'KEY_OVER_1024_CHARS',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_TAGS',
  'TAG_RESOLVE_FAILED',
]);

/**
 * Tells each fault once, at its place. Of those that break the structure the first alone, since the others follow from it
 * more often than not, and every reader stops there.
 */
export function yamlFaults(text: string, document: Document.Parsed): YamlFaults {
  const issues: SyntaxIssue[] = [];
  const unsure: Span[] = [];
  let broken: Span | undefined;
  for (const error of [...document.errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    const noticed = error.pos[0];
    const isLocal = LOCAL.has(error.code);
    if ((broken !== undefined && !isLocal) || unsure.some((span) => isWithin(noticed, span))) continue;
    const issue = issueOf(error, document, text);
    if (issues.length < MAX_ERRORS) issues.push(issue);
    if (!isLocal) broken = { start: Math.min(issue.offset, noticed), end: Math.max(issue.offset, noticed) };
    unsure.push({
      start: lineStart(text, Math.min(issue.offset, noticed)),
      end: isLocal ? lineEnd(text, noticed) : regionEnd(text, noticed),
    });
  }
  return { issues, unsure, broken };
}

/** What a collection at `span` has of the fault: undefined where the fault is elsewhere. */
export function issuesAround(
  text: string,
  span: Span,
  broken: Span | undefined,
  children: readonly Span[],
): ContainerIssues | undefined {
  if (broken === undefined) return undefined;
  // Where the line of the fault was taken out, what it was the first line of begins behind it.
  if (span.start > broken.end && text.slice(broken.start, span.start).trim() !== '') return undefined;
  const isAround = broken.start <= span.end || text.slice(span.end, broken.start).trim() === '';
  if (!isAround) return undefined;
  const isInChild = children.some(({ start, end }) => start < broken.start && broken.end <= end);
  return { own: [], nested: isInChild, unclosed: !isInChild };
}

function isWithin(offset: number, { start, end }: Span): boolean {
  return start <= offset && offset < end;
}

function issueOf(
  { code, pos: [start, end], message }: YAMLError,
  document: Document.Parsed,
  text: string,
): SyntaxIssue {
  const told = (offset: number, length: number, words: string): SyntaxIssue => ({
    code: 'syntax',
    offset,
    length: Math.max(1, length),
    message: words,
  });
  const quote = /^Missing closing (["'])quote/.exec(message)?.[1];
  const scalar = openString(document, text, { offset: start, isAtEnd: quote !== undefined });
  if (scalar !== undefined) {
    const kind = text[scalar] === '"' ? 'double' : 'single';
    return told(scalar, 1, `This string is never closed, or not where it should be: a ${kind} quote is missing.`);
  }
  if (/^Flow (?:map|sequence) in/.test(message)) {
    const open = openBracket(document, text, start);
    if (open !== undefined) {
      const [bracket, close] = text[open] === '{' ? ['{', '}'] : ['[', ']'];
      return told(
        open,
        1,
        `This "${bracket}" is never closed: "${close}" is missing, or what is inside is not indented.`,
      );
    }
  }
  const at = code === 'BAD_INDENT' ? start + blanksAt(text, start) : start;
  return told(at, end - at, wordsFor(code, message));
}

function wordsFor(code: YAMLError['code'], message: string): string {
  if (message.startsWith('All mapping items')) {
    return 'This name is not in line with the others of its object: they begin in the same column.';
  }
  if (message.startsWith('All sequence items')) return 'This "-" is not in line with the others of its list.';
  if (message.startsWith('Nested mappings')) {
    return 'Another ":" follows: quotes around the value are missing, or the next line is indented too far.';
  }
  if (message.startsWith('Implicit map keys') || code === 'MULTILINE_IMPLICIT_KEY') {
    return 'A ":" is missing after this name.';
  }
  return `${message.split('\n', 1)[0]?.replace(/\.$/, '') ?? 'This is no valid YAML'}.`;
}

/** Where the quoted string begins that ends at an offset without its quote, or on a later line with the quote of another. */
function openString(
  document: Document.Parsed,
  text: string,
  { offset, isAtEnd }: { offset: number; isAtEnd: boolean },
): number | undefined {
  return lastNode(document, (node, [start, end]) => {
    if (!isScalar(node) || (node.type !== 'QUOTE_DOUBLE' && node.type !== 'QUOTE_SINGLE')) return false;
    return end === offset && (isAtEnd || text.slice(start, end).includes('\n'));
  });
}

/** Where the innermost bracket before an offset begins whose own is missing. */
function openBracket(document: Document.Parsed, text: string, offset: number): number | undefined {
  return lastNode(document, (node, [start, end]) => {
    if (!isCollection(node) || node.flow !== true || start >= offset) return false;
    return text[end - 1] !== (text[start] === '{' ? '}' : ']') || end - start < 2;
  });
}

function lastNode(
  document: Document.Parsed,
  isIt: (node: YamlNode, range: readonly [number, number]) => boolean,
): number | undefined {
  let found: number | undefined;
  visit(document, {
    Node: (_key, node) => {
      const { range } = node;
      if (range && isIt(node, [range[0], range[1]])) found = range[0];
    },
  });
  return found;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length + 1 : end + 1;
}

function blanksAt(text: string, offset: number): number {
  let end = offset;
  while (text[end] === ' ') end++;
  return end - offset;
}

/** The start of the first line with something in it after the offset that is indented no deeper than that of the offset. */
function regionEnd(text: string, offset: number): number {
  const indent = blanksAt(text, lineStart(text, offset));
  for (let start = lineEnd(text, offset); start < text.length; start = lineEnd(text, start)) {
    const blanks = blanksAt(text, start);
    if (blanks <= indent && !/[\r\n#]/.test(text.charAt(start + blanks))) return start;
  }
  return text.length + 1;
}
