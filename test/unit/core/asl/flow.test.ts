import { describe, expect, it } from 'vitest';
import { openDocument, validate } from '../../../../src/core/asl/index.ts';

/** Findings as `code @ text that is marked: message`. */
function found(text: string): string[] {
  const lines = text.split('\n');
  return validate(text, { fileName: 'machine.asl.json' })
    .filter(({ severity }) => severity === 1)
    .map(({ code, message, range: { start, end } }) => {
      const marked = start.line === end.line ? (lines[start.line] ?? '').slice(start.character, end.character) : '…';
      return `${code} @ ${marked}: ${message}`;
    });
}

describe('transitions', () => {
  it('offers the state that was meant', () => {
    expect(
      found(
        '{"StartAt": "Load", "States": {"Load": {"Type": "Pass", "Next": "Transfrom"}, "Transform": {"Type": "Succeed"}}}',
      ),
    ).toEqual([
      'asl/unknown-next @ "Transfrom": No state "Transfrom" in this state machine. Did you mean "Transform"?',
    ]);
  });

  it('says where a state of another scope is', () => {
    const text = `{"StartAt": "P", "States": {
      "P": {"Type": "Parallel", "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Z"}, "E": {"Type": "Succeed"}}}], "Next": "Z"},
      "Z": {"Type": "Succeed"}}}`;
    expect(found(text)[0]).toMatch(/^asl\/jump-between-scopes @ "Z"/);
  });

  it('names the first of the states that nothing leads to, not each one behind it', () => {
    const text = `{"StartAt": "A", "States": {"A": {"Type": "Succeed"},
      "B": {"Type": "Pass", "Next": "C"}, "C": {"Type": "Pass", "Next": "D"}, "D": {"Type": "Pass", "Next": "A"}}}`;
    expect(found(text)).toEqual([
      'asl/unreachable-state @ "B": No path leads from StartAt to state "B" (nor to the 2 states behind it). Point a Next at it, or remove it.',
    ]);
  });

  it('says of one wrong Next nothing but that', () => {
    const text = `{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Nowhere"},
      "B": {"Type": "Pass", "Next": "C"}, "C": {"Type": "Pass", "Next": "D"}, "D": {"Type": "Succeed"}}}`;
    expect(found(text)).toEqual(['asl/unknown-next @ "Nowhere": No state "Nowhere" in this state machine.']);
  });

  it('wants an end', () => {
    expect(found('{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "A"}}}')).toEqual([
      'asl/no-terminal-state @ "States": No state ends this state machine. Give its last state "End": true, or add a Succeed or Fail state.',
    ]);
  });

  it('finds what never ends in whatever order the states are written', () => {
    const forwards = Array.from({ length: 50 }, (_, index): [string, unknown] => [
      `S${index}`,
      { Type: 'Pass', Next: `S${index + 1}` },
    ]);
    const choice = { Type: 'Choice', Choices: [{ Variable: '$.x', IsPresent: true, Next: 'Round' }], Default: 'End' };
    const ends: [string, unknown][] = [
      ['S50', choice],
      ['Round', { Type: 'Pass', Next: 'Trip' }],
      ['Trip', { Type: 'Pass', Next: 'Round' }],
      ['End', { Type: 'Succeed' }],
    ];
    for (const states of [[...forwards, ...ends], [...forwards, ...ends].reverse()]) {
      const text = JSON.stringify({ StartAt: 'S0', States: Object.fromEntries(states) });
      const endless = validate(text, { fileName: 'machine.asl.json' }).map(({ code, message }) => `${code} ${message}`);
      expect(endless.sort()).toEqual([
        expect.stringMatching(/^asl\/endless-cycle .*"Round"/),
        expect.stringMatching(/^asl\/endless-cycle .*"Trip"/),
      ]);
    }
  });

  it('takes a placeholder as any state', () => {
    expect(
      found('{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "${After}"}, "B": {"Type": "Succeed"}}}'),
    ).toEqual([]);
    expect(
      found('{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "${Any}": {"Type": "Pass", "Next": "A"}}}'),
    ).toEqual([]);
  });
});

describe('openDocument', () => {
  it('follows edits', () => {
    const text = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}';
    const document = openDocument(text, { fileName: 'machine.asl.json' });
    expect(document.findings()).toEqual([]);
    const offset = text.indexOf('"B"') + 1;
    document.edit([{ offset, length: 1, text: 'C' }]);
    expect(document.findings().map(({ code }) => code)).toContain('asl/unknown-next');
    document.edit([{ offset, length: 1, text: 'B' }]);
    expect(document.findings()).toEqual([]);
  });

  it('leaves out what a comment asks to ignore, and what is set to off', () => {
    const text =
      'StartAt: A\nStates:\n  A:\n    Type: Pass\n    # sluice-ignore: unknown-next\n    Next: B\n  C:\n    Type: Succeed\n';
    const options = { fileName: 'a.asl.yaml', severities: { 'asl/unreachable-state': 'off' } } as const;
    expect(validate(text, options)).toEqual([]);
    expect(validate(text.replace('# sluice-ignore', '# ignore'), options).map(({ code }) => code)).toEqual([
      'asl/unknown-next',
    ]);
  });
});
