import { expect, test } from 'vitest';
import { TestEventReader } from '../../../../../src/core/glue/localRun/index.ts';

const mark = '\u001e';
const started = { kind: 'started', path: '/w/test_a.py', names: ['test_a'] };

test('events are told from output, wherever a piece of the stream ends', () => {
  const stream = `..${mark}${JSON.stringify(started)}${mark}F\n`;
  for (let cut = 0; cut < stream.length; cut += 1) {
    const reader = new TestEventReader();
    const news = [...reader.push(stream.slice(0, cut)), ...reader.push(stream.slice(cut))];
    const output = news.flatMap((item) => (item.kind === 'output' ? [item.text] : []));
    expect(output.join('')).toBe('..F\n');
    expect(news.filter(({ kind }) => kind !== 'output')).toEqual([started]);
  }
});

test('a mark that a test writes hides no event', () => {
  const reader = new TestEventReader();
  const news = reader.push(`a${mark}b${mark}${JSON.stringify(started)}${mark}c`);
  expect(news.filter(({ kind }) => kind === 'started')).toEqual([started]);
  const output = news.flatMap((item) => (item.kind === 'output' ? [item.text] : []));
  expect(output.join('')).toBe('abc');
});

test('what is in an event is checked', () => {
  const event = { kind: 'ended', path: 1, names: ['a', 2], outcome: 'odd', frames: [{}, { path: 'p', line: 3 }] };
  expect(new TestEventReader().push(`${mark}${JSON.stringify(event)}${mark}`)).toEqual([
    {
      kind: 'ended',
      path: '',
      names: ['a'],
      outcome: 'errored',
      seconds: 0,
      frames: [{ path: 'p', line: 3, name: '' }],
    },
  ]);
});
