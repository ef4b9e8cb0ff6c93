import type { RunState } from '../../core/runs/model.ts';

/** A codicon and, where it has one, the theme colour it is drawn in. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

const icons = {
  waiting: { id: 'clock', color: 'descriptionForeground' },
  running: { id: 'loading~spin', color: 'charts.blue' },
  succeeded: { id: 'pass-filled', color: 'testing.iconPassed' },
  failed: { id: 'error', color: 'testing.iconFailed' },
  timedOut: { id: 'watch', color: 'testing.iconFailed' },
  stopped: { id: 'circle-slash', color: 'descriptionForeground' },
} satisfies Record<RunState, Icon>;

export function presentRunState(state: RunState): Icon {
  return icons[state];
}

const glyphs = {
  waiting: '◷',
  running: '⟳',
  succeeded: '✓',
  failed: '✗',
  timedOut: '✗',
  stopped: '⊘',
} satisfies Record<RunState, string>;

/** One character for a state, for text that has no icons. */
export function runStateGlyph(state: RunState): string {
  return glyphs[state];
}

const words = {
  waiting: 'waiting',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  timedOut: 'timed out',
  stopped: 'stopped',
} satisfies Record<RunState, string>;

/** The state as a word within a sentence, as a screen reader says it. */
export function runStateWord(state: RunState): string {
  return words[state];
}
