import { textSpan } from '../../../language/rules/rule.ts';
import type { SyntaxCode } from '../../../language/tree.ts';
import { firstSyntaxIssues } from '../../../language/treeQueries.ts';
import { describeValue } from '../../describe.ts';
import type { DocumentRule } from '../rule.ts';

function checkIssues(codes: readonly SyntaxCode[]): DocumentRule['check'] {
  return ({ tree }, report) => {
    for (const { code, offset, length, message } of firstSyntaxIssues(tree)) {
      if (codes.includes(code)) report({ at: textSpan(offset, offset + length), message });
    }
  };
}

const checkSyntax = checkIssues(['syntax', 'unclosed', 'comment', 'trailing-comma']);

export const syntax: DocumentRule = {
  id: 'asl/syntax',
  subject: 'document',
  severity: 'error',
  sources: ['A01'],
  docs: {
    what: 'The text is JSON (no comments, no trailing commas, double quotes) or YAML, and its root is an object.',
    why: 'AWS takes JSON only; YAML is turned into JSON before it is sent.',
    bad: '{"StartAt": "A", "States": {"A": {"Type": "Succeed",}}}',
    good: '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
    aws: 'INVALID_JSON_DESCRIPTION, with line and column.',
  },
  check: (subject, report) => {
    checkSyntax(subject, report);
    const { root, issues } = subject.tree;
    if (root.kind === 'object' || issues.length > 0 || root.kind === 'unknown') return;
    report({ at: root, message: `A definition is an object with StartAt and States, not ${describeValue(root)}.` });
  },
};

export const tooDeep: DocumentRule = {
  id: 'asl/too-deep',
  subject: 'document',
  severity: 'error',
  sources: ['B09'],
  docs: {
    what: 'Objects and arrays are nested at most 400 deep.',
    why: 'AWS has a limit that it does not publish; what is deeper is not read here.',
    bad: '[[[[ … 401 of them … ]]]]',
    good: '[[[[ … a few … ]]]]',
    aws: 'TOO_DEEPLY_NESTED.',
  },
  check: checkIssues(['too-deep']),
};

export const severalDocuments: DocumentRule = {
  id: 'asl/several-documents',
  subject: 'document',
  severity: 'warning',
  sources: ['A01'],
  docs: {
    what: 'A YAML file holds one document.',
    why: 'Only the first one is read as the definition.',
    bad: 'StartAt: A\n---\nStartAt: B',
    good: 'StartAt: A',
    aws: 'Not known: tools that turn YAML into JSON differ.',
  },
  check: checkIssues(['documents']),
};
