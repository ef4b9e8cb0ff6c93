import { stringify } from 'yaml';
import { parseTree } from '../../language/edit.ts';
import type { Tree } from '../../language/tree.ts';
import { Inexact } from './inexact.ts';
import { plainOf } from './plainValue.ts';

/** A definition in the other one of its two formats. */
export interface OtherFormat {
  readonly format: Tree['format'];
  readonly text: string;
  /** Whether it has comments, which JSON cannot hold. */
  readonly losesComments: boolean;
}

/** JSON as YAML or YAML as JSON, with the same values in the same order. Throws `Inexact` where that cannot be. */
export function inOtherFormat({ text, format, root, issues }: Tree): OtherFormat {
  if (root.kind !== 'object' || issues.length > 0) throw new Inexact('Its syntax must be right first.');
  const value = plainOf(root);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const written =
    format === 'yaml'
      ? `${JSON.stringify(value, undefined, 2)}\n`
      : // Words that only older YAML takes for booleans or numbers are put in quotes for readers of it.
        stringify(value, { indent: 2, lineWidth: 0, version: '1.1', aliasDuplicateObjects: false });
  const other = format === 'yaml' ? 'json' : 'yaml';
  if (!isSame(written, other, value)) throw new Inexact('A value in it would be read as another one.');
  const losesComments = format === 'yaml' && /(?:^|\s)#/m.test(text);
  return { format: other, text: written.replaceAll('\n', lineEnd), losesComments };
}

function isSame(written: string, format: Tree['format'], value: unknown): boolean {
  try {
    return JSON.stringify(plainOf(parseTree(written, format).root)) === JSON.stringify(value);
  } catch (error) {
    if (error instanceof Inexact) return false;
    throw error;
  }
}

/** What the file is called then: `orders.asl.json` becomes `orders.asl.yaml`. */
export function nameInOtherFormat(name: string, format: Tree['format']): string {
  const ending = format === 'yaml' ? '.yaml' : '.json';
  const stem = name.replace(/\.(?:json|ya?ml)$/i, '');
  return /\.asl$/i.test(stem) ? `${stem}${ending}` : `${stem}.asl${ending}`;
}
