import { basename } from 'node:path/posix';
import type { Fix, OtherFile, Rule } from '../../language/rules/rule.ts';
import type { Links } from '../contracts/links.ts';
import type { FileFacts, Span } from '../facts/facts.ts';

/** A rule about one file as part of its workspace. */
export type WorkspaceRule = Rule<WorkspaceSubject>;

export interface WorkspaceSubject {
  readonly file: FileFacts;
  readonly links: Links;
}

/** A fix that puts a text in the place of another one of the same file. */
export function replaceSpan(title: string, { start, end }: Span, text: string, isSafe = false): Fix {
  return { title, isSafe, edits: [{ kind: 'replaceText', start, end, text }] };
}

export function at({ start, end }: Span): { readonly kind: 'text'; readonly start: number; readonly end: number } {
  return { kind: 'text', start, end };
}

export function otherFile({ path, lines }: FileFacts): OtherFile {
  return { path, lines };
}

export function fileName({ path }: Pick<FileFacts, 'path'>): string {
  return basename(path);
}
