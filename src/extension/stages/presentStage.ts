import type { ActiveStage } from '../../core/workspace/stages.ts';

export interface StageText {
  /** With codicons. */
  readonly text: string;
  /** Plain lines, the most important first. */
  readonly tooltip: readonly string[];
  /** What a screen reader says. */
  readonly spoken: string;
  readonly isWarning: boolean;
}

/** What the status bar says of the stage that counts; `difference` is how the active connection differs from it. */
export function presentStage(
  stage: Pick<ActiveStage, 'name'> | undefined,
  names: readonly string[],
  difference: string | undefined,
): StageText {
  const all = names.join(', ');
  if (stage === undefined) {
    return {
      text: '$(layers) No stage',
      tooltip: [`Placeholders have no values until a stage is chosen: ${all}.`],
      spoken: 'No stage is chosen',
      isWarning: false,
    };
  }
  const { name } = stage;
  return {
    text: `$(${difference === undefined ? 'layers' : 'warning'}) ${name}`,
    tooltip: [
      ...(difference === undefined ? [] : [difference]),
      `Placeholders have the values of stage ${name}. Click to choose another: ${all}.`,
    ],
    spoken: difference === undefined ? `Stage ${name}` : `Stage ${name}. ${difference}`,
    isWarning: difference !== undefined,
  };
}
