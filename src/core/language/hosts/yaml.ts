import { UnknownNode, type SyntaxIssue, type Tree } from '../tree.ts';
import { MAX_DEPTH, tooLarge } from './json.ts';
import { readDocuments } from './yamlDocuments.ts';
import { yamlFaults } from './yamlFaults.ts';
import { withoutBrokenLine } from './yamlMended.ts';
import { joinQuotedLines } from './yamlQuotes.ts';
import { mayNestDeeperThan } from './yamlNesting.ts';
import { tooDeep, YamlReader, type YamlOptions } from './yamlReader.ts';

/** Longer texts are not read, four times what AWS takes: the yaml package takes a second or more for each million. */
const MAX_LENGTH = 4 * 1024 * 1024;

/** What the yaml package is given at most: its recursion stays far from the stack's end. */
const MAX_READ_DEPTH = MAX_DEPTH + 100;

/**
 * Reads the first document of a YAML text (1.2, so `Yes` and `on` are strings), aliases and merges resolved: what an
 * alias stands for is placed at the alias. Values with a tag such as `!Ref` or `!Sub` are unknown.
 */
export function parseYaml(text: string, options: YamlOptions = {}): Tree {
  if (isTooDeep(text)) return unreadable(text, tooDeep(0, text.length));
  if (text.length > MAX_LENGTH) return tooLarge(text, 'yaml', MAX_LENGTH);
  try {
    const read = readDocuments(text);
    const joined = joinQuotedLines(text, read);
    const [first, second] = joined === undefined ? read : readDocuments(joined);
    if (first === undefined) return emptyYaml(text);
    const faults = yamlFaults(joined ?? text, first);
    const { issues, unsure } = faults;
    if (second !== undefined && second.contents !== null) {
      issues.push({
        code: 'documents',
        offset: second.range[0],
        length: 1,
        message: 'Only the first YAML document of the file is read; this one is ignored.',
      });
    }
    const mended = faults.broken && withoutBrokenLine(joined ?? text, first, faults);
    const reader = new YamlReader(mended?.text ?? joined ?? text, mended?.document ?? first, faults, options);
    const root = reader.root();
    const isEntangled = joined !== undefined || reader.isEntangled || /^%/m.test(text);
    return {
      text,
      format: 'yaml',
      root,
      issues,
      ...(isEntangled && { isEntangled }),
      ...(unsure.length > 0 && { unsure }),
    };
  } catch {
    return unreadable(text, { code: 'syntax', offset: 0, length: text.length, message: 'This is no valid YAML.' });
  }
}

/** Whether the text must not reach the yaml package. */
export function isTooDeep(text: string): boolean {
  return mayNestDeeperThan(text, MAX_READ_DEPTH);
}

function unreadable(text: string, issue: SyntaxIssue): Tree {
  return { text, format: 'yaml', root: new UnknownNode(0, text.length, 'too-deep'), issues: [issue] };
}

function emptyYaml(text: string): Tree {
  return {
    text,
    format: 'yaml',
    root: new UnknownNode(0, 0, 'missing'),
    issues: [{ code: 'syntax', offset: 0, length: text.length, message: 'The document is empty.' }],
  };
}
