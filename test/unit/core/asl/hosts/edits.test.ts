import { describe, expect, it } from 'vitest';
import { openDocument, openHosted } from '../../../../../src/core/asl/index.ts';
import { applyChanges } from '../../../../../src/core/language/lineIndex.ts';
import { toTextChanges } from '../../../../../src/core/language/write.ts';
import { hosts } from './hostedTexts.ts';

/** Findings with fixes that add, remove, rename and replace. */
const definition = `{
  "StartAt": "A \\"1\\"",
  "States": {
    "A \\"1\\"": { "Type": "Pass", "Next": "Bee", "Comment": "x" },
    "Bea": {
      "Type": "Task",
      "Resource": "arn:aws:states:::glue:startJobRun.sync",
      "Parameters": {
        "JobName": "$.name",
        "Jobname": 1
      },
      "TimeoutSeconds": 5,
      "TimeoutSecondsPath": "$.timeout",
      "Next": "C",
      "End": true
    },
    "C": {
      "Type": "Wait",
      "Secnds": 5
    },
    "D": { "Type": "Succeed", "Next": "C" },
    "E": {"Type": "Pass", "End": "true"}
  }
}`;
/** Every fix there is, by title: the text of the definition after it. */
function fixesIn(text: string): ReadonlyMap<string, string> {
  const document = openDocument(text, { fileName: 'm.asl.json', machineType: 'STANDARD' });
  return new Map(
    document
      .findings()
      .flatMap(({ code, fixes }) => (fixes ?? []).map((fix) => [`${code} ${fix.title}`, fix] as const))
      .map(([title, { edits }]) => [title, applyChanges(text, toTextChanges(edits, document.tree))]),
  );
}

describe('fixes inside other files', () => {
  const plain = fixesIn(definition);

  it('are of every kind', () => {
    expect(plain.size).toBeGreaterThanOrEqual(6);
  });

  it.each(Object.entries(hosts))('change a %s as they change a file', (_, { options, write }) => {
    const text = write(definition);
    const [held] = openHosted(text, options)?.definitions ?? [];
    const found = (held?.findings() ?? []).flatMap(({ code, fixes }) =>
      (fixes ?? []).map((fix) => [`${code} ${fix.title}`, fix] as const),
    );
    expect(found.map(([title]) => title).sort()).toEqual([...plain.keys()].sort());
    for (const [title, { edits }] of found) {
      const changed = applyChanges(text, toTextChanges(edits, held!.tree));
      const [after] = openHosted(changed, options)?.definitions ?? [];
      const read: unknown = JSON.parse(after?.tree.part?.embedded?.text ?? '');
      expect(read, title).toEqual(JSON.parse(plain.get(title) ?? ''));
      // What is around it stays.
      expect(changed.split('\n')[0]).toBe(write(plain.get(title) ?? '').split('\n')[0]);
    }
  });
});
