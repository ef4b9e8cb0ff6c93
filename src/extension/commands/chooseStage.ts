import { UserError } from '../../core/base/userError.ts';
import { activeStage, stageNames } from '../../core/workspace/stages.ts';
import type { App } from '../app.ts';
import { back, pickOne, type Choice } from '../prompts/steps.ts';

/**
 * Chooses the stage whose values placeholders have in this workspace; `wanted` names it without asking, and empty leaves
 * it to `sluice.json`.
 */
export async function chooseStage({ stages }: Pick<App, 'stages'>, wanted?: unknown): Promise<void> {
  const { readStages } = await import('../stages/readStages.ts');
  const sources = await readStages();
  const names = stageNames(sources);
  if (typeof wanted === 'string' && (wanted === '' || names.includes(wanted))) {
    await stages.choose(wanted);
    return;
  }
  if (names.length === 0) {
    throw new UserError(
      'not-found',
      'This workspace has no stages.',
      'Write them into sluice.json: {"stage": "dev", "stages": {"dev": {"Bucket": "orders-dev"}, "prod": {"Bucket": "orders-prod"}}}.',
    );
  }
  const current = activeStage(sources, stages)?.name;
  const byDefault = activeStage(sources, {})?.name;
  const stage = await pickOne<string>({
    at: { title: 'Choose Stage', canGoBack: false },
    placeholder: 'Whose values do placeholders have?',
    items: names.map((name): Choice<string> => ({
      label: name,
      description: [name === current ? 'active' : '', name === byDefault ? 'by sluice.json' : '']
        .filter(Boolean)
        .join(' · '),
      detail: detailOf(activeStage(sources, { chosen: name })?.values ?? {}),
      value: name,
    })),
    isActive: (name) => name === current,
  });
  if (stage === back) return;
  await stages.choose(stage);
}

function detailOf(values: Readonly<Record<string, string>>): string {
  const shown = Object.entries(values).map(([name, value]) => `${name} = ${value}`);
  return shown.length > 3 ? `${shown.slice(0, 3).join(', ')}, …` : shown.join(', ');
}
