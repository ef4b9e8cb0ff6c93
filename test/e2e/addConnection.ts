import type { Workbench } from './workbench.ts';

export const whichProfile = 'Where do the credentials come from?';
export const whichRegion = 'Which region?';

/** Adds a connection from the palette; where it is one already, it becomes the active one. */
export async function addConnection(workbench: Workbench, profile: string, region: string): Promise<void> {
  await workbench.command('Sluice: Add Connection…');
  await workbench.pick(whichProfile, profile);
  await workbench.pick(whichRegion, region);
  await workbench.statusBar(`${profile} · ${region}`).waitFor();
}
