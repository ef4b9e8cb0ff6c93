import { textSpan } from '../../../language/rules/rule.ts';
import { repeatsIn } from '../../../language/repeats.ts';
import type { Tree } from '../../../language/tree.ts';
import { quote } from '../../describe.ts';
import { hasPlaceholder } from '../../model.ts';
import type { DocumentRule } from '../rule.ts';

const LIMIT = 1_048_576;

export const definitionSize: DocumentRule = {
  id: 'asl/definition-size',
  subject: 'document',
  severity: 'error',
  sources: ['A09'],
  docs: {
    what: 'A definition has at most 1 MiB (1,048,576 bytes of UTF-8). From 90 % on there is a warning.',
    why: 'AWS takes no larger ones; blanks and line breaks count.',
    bad: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "… 1 MiB …", "End": true}}}',
    good: '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
    aws: 'Documented (developer guide, "Quotas").',
  },
  check: ({ tree }, report) => {
    const text = ownText(tree);
    if (text.length * 3 < LIMIT * 0.9) return;
    const bytes = utf8Length(text);
    if (bytes < LIMIT * 0.9) return;
    const size = bytes.toLocaleString('en-US');
    const isOver = bytes > LIMIT;
    const { start } = tree.root;
    report({
      at: tree.part === undefined ? textSpan(0, Math.min(1, text.length)) : textSpan(start, start + 1),
      message: isOver
        ? `The definition has ${size} bytes; AWS takes at most 1,048,576.`
        : `The definition has ${size} bytes, close to the limit of 1,048,576.`,
      ...(!isOver && { severity: 'warning' }),
    });
  },
};

/** What AWS gets to read; empty where that is not written out anywhere. */
function ownText({ text, part }: Tree): string {
  return part === undefined ? text : (part.embedded?.text ?? '');
}

function utf8Length(text: string): number {
  let bytes = text.length;
  // Most definitions are ASCII alone.
  if (!/[\u0080-\uffff]/.test(text)) return bytes;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    // A surrogate pair is two units and four bytes.
    bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

export const duplicateKey: DocumentRule = {
  id: 'asl/duplicate-key',
  subject: 'document',
  severity: 'error',
  sources: ['A10', 'B04'],
  docs: {
    what: 'A name occurs once in an object. An error for states, a warning elsewhere.',
    why: 'Readers of JSON keep the last value and drop the others without a word.',
    bad: '{"States": {"Load": {"Type": "Pass", "End": true}, "Load": {"Type": "Succeed"}}}',
    good: '{"States": {"Load": {"Type": "Pass", "Next": "Done"}, "Done": {"Type": "Succeed"}}}',
    aws: 'Not known.',
  },
  check: ({ tree }, report) => {
    for (const { key, first } of repeatsIn(tree.root)) {
      const isState =
        key.parent !== undefined &&
        key.parent.parent?.kind === 'object' &&
        key.parent.parent.get('States') === key.parent;
      report({
        at: key,
        message: `${quote(key.value)} is already there in this object: only the last one counts.`,
        related: [{ at: first, message: 'The other one' }],
        ...(!isState && { severity: 'warning' }),
      });
    }
  },
};

export const placeholder: DocumentRule = {
  id: 'asl/placeholder',
  subject: 'document',
  severity: 'hint',
  sources: ['A16'],
  docs: {
    what: 'A definition with placeholders (`${X}`, `#{X}`, `{{X}}`) is a template.',
    why: 'Something must fill them in before AWS reads it; until then their values are not checked. Reported once for a document.',
    bad: '{"Type": "Task", "Resource": "${LoadFunctionArn}", "End": true}',
    good: '{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true}',
    aws: 'Refused where the value must be valid, such as an ARN.',
  },
  check: ({ tree }, report) => {
    const { text } = tree;
    // A file of another kind is there to fill them in.
    if (tree.part !== undefined) return;
    if (!text.includes('${') && !text.includes('#{') && !text.includes('{{')) return;
    if (!hasPlaceholder(text)) return;
    const first = /\$\{[^}\n]*\}|#\{[^}\n]*\}|\{\{[^}\n]*\}\}/.exec(tree.text);
    if (first === null) return;
    report({
      at: textSpan(first.index, first.index + first[0].length),
      message: `This definition has placeholders such as ${first[0]}: they must be filled in before it is deployed.`,
    });
  },
};
