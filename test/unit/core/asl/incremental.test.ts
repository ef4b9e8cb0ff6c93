import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { openDocument, validate, type Finding } from '../../../../src/core/asl/index.ts';
import { applyChanges, type TextChange } from '../../../../src/core/language/lineIndex.ts';

const CORPUS = resolve(import.meta.dirname, '../../../../../shared/corpus/asl/valid');
const TIME_MS = 2500;

const jsonata = {
  Comment: 'Orders',
  QueryLanguage: 'JSONata',
  StartAt: 'Load',
  States: {
    Load: {
      Type: 'Task',
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Arguments: { JobName: '{% $states.input.job %}' },
      Assign: { run: '{% $states.result.Id %}' },
      Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'Failed' }],
      Next: 'Check',
    },
    Check: { Type: 'Choice', Choices: [{ Condition: "{% $run != '' %}", Next: 'Each' }], Default: 'Failed' },
    Each: {
      Type: 'Map',
      Items: '{% $states.input.items %}',
      ItemProcessor: {
        StartAt: 'Item',
        States: { Item: { Type: 'Pass', Output: { id: '{% $uuid() %}' }, End: true } },
      },
      End: true,
    },
    Failed: { Type: 'Fail', Error: 'Failed' },
  },
};

const jsonPath = {
  StartAt: 'Parallel',
  States: {
    Parallel: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'A',
          States: { A: { Type: 'Pass', Parameters: { 'id.$': 'States.UUID()', 'x.$': '$.x' }, End: true } },
        },
        { StartAt: 'B', States: { B: { Type: 'Wait', Seconds: 5, Next: 'C' }, C: { Type: 'Succeed' } } },
      ],
      ResultPath: '$.results',
      Next: 'Decide',
    },
    Decide: {
      Type: 'Choice',
      Choices: [{ Variable: '$.n', NumericGreaterThan: 3, Next: 'Parallel' }],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
};

function documents(): string[] {
  const own = [jsonata, jsonPath].map((machine) => JSON.stringify(machine, undefined, 2));
  if (!existsSync(CORPUS)) return own;
  const files = readdirSync(CORPUS).filter((file) => file.endsWith('.json'));
  return [
    ...own,
    ...files.filter((_, index) => index % 9 === 0).map((file) => readFileSync(join(CORPUS, file), 'utf8')),
  ];
}

/** A repeatable source of numbers in [0, 1): mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const SNIPPETS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  'x',
  '1',
  ' ',
  '\n',
  '"Next": "B", ',
  '"End": true,',
  '{% $a %}',
  '',
  '\\',
  '${X}',
];

function randomChange(text: string, random: () => number, snippets: readonly string[]): TextChange {
  const offset = Math.floor(random() * (text.length + 1));
  if (random() < 0.15) {
    // A piece of the text moved elsewhere, such as a state that is pasted twice.
    const from = Math.floor(random() * text.length);
    return { offset, length: 0, text: text.slice(from, from + Math.floor(random() * 120)) };
  }
  const length = random() < 0.5 ? 0 : Math.min(Math.floor(random() * 20), text.length - offset);
  return { offset, length, text: snippets[Math.floor(random() * snippets.length)] ?? '' };
}

/** Findings without their fixes, which hold nodes of the tree that they were found in. */
const seen = (findings: readonly Finding[]) =>
  findings.map(({ code, severity, message, range, related }) => ({ code, severity, message, range, related }));

const LINES = ['\n', '\n    ', '- ', ': ', '# why\n', '|\n', "'", '&a ', '*a', '---\n', '? ', '\t', '\r\n'];

/** As documents() in YAML, some with flow collections and lists that are not indented. */
function yamlDocuments(): string[] {
  return documents().flatMap((text, index) => {
    const machine: unknown = JSON.parse(text);
    return [stringify(machine, { indentSeq: index % 2 === 0 }), stringify(machine, { collectionStyle: 'any' })];
  });
}

describe.each([
  ['JSON', { fileName: 'machine.asl.json', languageId: 'asl' }, documents, SNIPPETS],
  ['YAML', { fileName: 'machine.asl.yaml', languageId: 'asl-yaml' }, yamlDocuments, [...SNIPPETS, ...LINES]],
] as const)('a %s document under random edits', (_, options, textsOf, snippets) => {
  it('says after each edit what a fresh reading says, and never throws', () => {
    const random = randomFrom(20260314);
    const texts = textsOf();
    const until = performance.now() + TIME_MS;
    while (performance.now() < until) {
      let text = texts[Math.floor(random() * texts.length)] ?? '';
      // Some are broken from the start: the text ends where somebody is typing.
      if (random() < 0.2) text = text.slice(0, Math.floor(random() * text.length));
      const document = openDocument(text, options);
      for (let step = 0; step < 12 && performance.now() < until; step++) {
        const change = randomChange(text, random, snippets);
        text = applyChanges(text, [change]);
        document.edit([change]);
        expect(document.text).toBe(text);
        const found = seen(document.findings());
        const fresh = seen(validate(text, options));
        expect(found, JSON.stringify(change)).toEqual(fresh);
      }
    }
  });
});
