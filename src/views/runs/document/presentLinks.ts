/** A part of a line that leads somewhere. Columns count from 0, the end is exclusive. */
export interface TextLink {
  readonly start: number;
  readonly end: number;
  readonly target: LinkTarget;
}

export type LinkTarget =
  | { readonly kind: 'jobRun'; readonly idStart: string }
  | { readonly kind: 'arn'; readonly arn: string }
  | { readonly kind: 's3'; readonly location: string }
  /** A line of a script; without a file, of the script of the job that the line belongs to. */
  | { readonly kind: 'script'; readonly file: string; readonly line: number };

const patterns: readonly { readonly pattern: RegExp; readonly target: (match: RegExpExecArray) => LinkTarget }[] = [
  {
    pattern: /\bjr_[0-9a-f]{4,}(?:_attempt_\d+)?…?/g,
    target: ([text]) => ({ kind: 'jobRun', idStart: text.replace(/…$/, '') }),
  },
  {
    pattern: /\barn:aws[\w-]*:[\w-]+:[\w-]*:\d*:[^\s"'<>,;)\]}]+/g,
    target: ([text]) => ({ kind: 'arn', arn: text.replace(/[.:]+$/, '') }),
  },
  {
    pattern: /\bs3[an]?:\/\/[^\s"'<>,;)\]}]+/g,
    target: ([text]) => ({ kind: 's3', location: text.replace(/[.:]+$/, '').replace(/^s3[an]:/, 's3:') }),
  },
  {
    pattern: /File "([^"]+\.(?:py|scala))", line (\d+)/g,
    target: ([, file = '', line]) => ({ kind: 'script', file, line: Number(line) }),
  },
  {
    pattern: /\b([\w./-]+\.(?:py|scala)):(\d+)\b/g,
    target: ([, file = '', line]) => ({ kind: 'script', file, line: Number(line) }),
  },
  {
    pattern: /\b[Ll]ine(?: [Nn]umber:?)? (\d+)\b/g,
    target: ([, line]) => ({ kind: 'script', file: '', line: Number(line) }),
  },
];

/** A line without one of these has no link: most lines are done with one look. */
const hint = /jr_|arn:|s3[an]?:\/\/|\.py|\.scala|[Ll]ine /;

/** The links of a line, from left to right; where two overlap, the first pattern counts. */
export function findLinks(line: string): TextLink[] {
  if (!hint.test(line)) return [];
  const links: TextLink[] = [];
  for (const { pattern, target } of patterns) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(line); match; match = pattern.exec(line)) {
      const [text] = match;
      const start = match.index;
      const made = target(match);
      // Punctuation after an address belongs to the sentence.
      const length = made.kind === 'arn' || made.kind === 's3' ? text.replace(/[.:]+$/, '').length : text.length;
      const end = start + length;
      if (links.every((link) => end <= link.start || start >= link.end)) links.push({ start, end, target: made });
    }
  }
  return links.sort((a, b) => a.start - b.start);
}
