import { ObjectNode, property, type Property, type StringNode } from '../../tree.ts';
import type { TerraformBlock, TerraformFile } from '../host.ts';
import { MAX_DEPTH } from '../json.ts';
import { readExpression, readKey } from './expressions.ts';
import { Scanner } from './scanner.ts';
import { readQuoted } from './strings.ts';

/** Reads a Terraform file as far as it goes; half-typed text costs only the block that it is in. Never throws. */
export function readTerraform(text: string): TerraformFile {
  const scanner = new Scanner(text);
  const blocks: TerraformBlock[] = [];
  while (!scanner.isAtEnd) {
    const { inner } = readBody(scanner, 1);
    blocks.push(...inner);
    // A closing brace too many is stepped over.
    scanner.position++;
  }
  return { kind: 'terraform', text, blocks };
}

interface Body {
  readonly attributes: readonly Property[];
  readonly inner: readonly TerraformBlock[];
}

/** Attributes and blocks up to the closing brace, which is left, offsets relative to `base`. */
function readBody(scanner: Scanner, depth: number, base = 0): Body {
  const attributes: Property[] = [];
  const inner: TerraformBlock[] = [];
  for (;;) {
    scanner.skipBlanks(true);
    if (scanner.isAtEnd || scanner.startsWith('}')) return { attributes, inner };
    const start = scanner.position;
    const key = readKey(scanner, base);
    if (key === undefined) {
      scanner.position++;
      continue;
    }
    scanner.skipBlanks(false);
    if (scanner.startsWith('=') && !scanner.startsWith('==')) {
      scanner.position++;
      scanner.skipBlanks(false);
      const value = readExpression(scanner, { base, depth: depth + 1, isInBrackets: false });
      attributes.push(property(key, value));
      continue;
    }
    const block = readBlock(scanner, { type: key.value, start, depth });
    if (block !== undefined) inner.push(block);
  }
}

/** The labels and the body of a block whose type was just read; undefined where no brace follows. */
function readBlock(
  scanner: Scanner,
  { type, start, depth }: { readonly type: string; readonly start: number; readonly depth: number },
): TerraformBlock | undefined {
  const labels: StringNode[] = [];
  for (;;) {
    scanner.skipBlanks(false);
    const label = scanner.startsWith('"') ? readQuoted(scanner, 0) : readKey(scanner, 0);
    if (label === undefined) break;
    labels.push(label);
  }
  if (!scanner.startsWith('{')) return undefined;
  const open = scanner.position;
  scanner.position++;
  if (depth > MAX_DEPTH) {
    scanner.skipExpression(true);
    return undefined;
  }
  const { attributes, inner } = readBody(scanner, depth + 1, open);
  const isClosed = scanner.startsWith('}');
  if (isClosed) scanner.position++;
  // A bracket that is not closed in an attribute may have taken what follows for its own.
  const nested = attributes.some(({ value }) => 'issues' in value && value.issues !== undefined);
  const issues = isClosed && !nested ? undefined : { own: [], nested, unclosed: true };
  const body = new ObjectNode(open, scanner.position - open, attributes, issues);
  return { type, labels, start, end: scanner.position, body, blocks: inner };
}
