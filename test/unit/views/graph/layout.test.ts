import { describe, expect, it } from 'vitest';
import { loadPicture, type Picture } from '../../../../src/views/graph/loadPicture.ts';
import { layoutScope, type PlacedScope } from '../../../../src/views/graph/client/layout.ts';

const definition = {
  StartAt: 'Check',
  States: {
    Check: {
      Type: 'Choice',
      Choices: [{ Variable: '$.a', IsPresent: true, Next: 'All' }],
      Default: 'Stop',
    },
    All: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } },
        { StartAt: 'Right', States: { Right: { Type: 'Pass', Next: 'Right2' }, Right2: { Type: 'Succeed' } } },
      ],
      Catch: [{ ErrorEquals: ['States.Timeout', 'Other'], Next: 'Stop' }],
      Next: 'Wait a bit',
    },
    'Wait a bit': { Type: 'Wait', Seconds: 3, Next: 'Check' },
    Stop: { Type: 'Fail', Error: 'Stopped' },
  },
};

const load = async (text: string): Promise<Picture> =>
  await loadPicture({ text, uri: 'file:///a', languageId: 'asl', siblings: async () => await Promise.resolve([]) });
const picture = await load(JSON.stringify(definition));

describe('the picture of a definition', () => {
  it('has a state for each state and an edge for each transition, with the words that tell them apart', () => {
    expect(picture.graph.states.map(({ name, detail }) => [name, detail])).toEqual([
      ['Check', ''],
      ['All', ''],
      ['Wait a bit', '3 s'],
      ['Stop', 'Stopped'],
    ]);
    expect(picture.graph.edges.map(({ from, to, kind, label }) => `${from} → ${to} ${kind} ${label}`.trim())).toEqual([
      'Check → Stop default default',
      'Check → All choice rule 1',
      'All → Wait a bit next',
      'All → Stop catch States.Timeout +1',
      'Wait a bit → Check next',
    ]);
    expect(picture.graph.states[1]?.scopes.map(({ title }) => title)).toEqual(['Branch 1', 'Branch 2']);
  });

  it('finds the innermost state around a place in the text', () => {
    const text = JSON.stringify(definition);
    expect(picture.stateAt(text.indexOf('Right2":') + 3)).toBe('Right2');
    expect(picture.stateAt(1)).toBeUndefined();
  });

  it('survives text that is no definition', async () => {
    for (const text of ['', '[]', '{"States": 3}', '{"States": {"A": ', '\u0000']) {
      expect((await load(text)).graph.states).toBeDefined();
    }
  });
});

describe('its layout', () => {
  const placed = layoutScope(picture.graph);

  it('keeps states apart, and inner states inside their state', () => {
    const check = (scope: PlacedScope): void => {
      for (const [index, a] of scope.states.entries()) {
        expect(a.x).toBeGreaterThanOrEqual(0);
        for (const b of scope.states.slice(index + 1)) {
          const areApart =
            a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          expect(areApart, `${a.state.name} and ${b.state.name}`).toBe(true);
        }
        for (const inner of a.scopes) {
          expect(inner.x + inner.width).toBeLessThanOrEqual(a.width);
          expect(inner.y + inner.height).toBeLessThanOrEqual(a.height);
          check(inner);
        }
      }
    };
    check(placed);
    expect(placed.states[0]!.y).toBeLessThan(placed.states[1]!.y);
  });

  it('places a thousand states in a row', async () => {
    const States = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [
        `S${index}`,
        index === 999 ? { Type: 'Succeed' } : { Type: 'Pass', Next: `S${index + 1}` },
      ]),
    );
    const { graph } = await load(JSON.stringify({ StartAt: 'S0', States }));
    expect(layoutScope(graph).states).toHaveLength(1000);
  });
});
