import type { Command } from './commands.ts';

/** The commands between the workspace and an account; part of the table of all commands. */
export const deployCommands = {
  newGlueJob: {
    title: 'New Glue Job…',
    load: async () => (await import('./commands/newGlueJob.ts')).newGlueJob,
  },
  newStateMachine: {
    title: 'New State Machine…',
    load: async () => (await import('./commands/newStateMachine.ts')).newStateMachine,
  },
  compareWithDeployed: {
    title: 'Compare with Deployed',
    load: async () => (await import('./commands/compareWithDeployed.ts')).compareWithDeployed,
  },
  previewDeployment: {
    title: 'Preview Deployment',
    load: async () => (await import('./commands/previewDeployment.ts')).previewDeployment,
  },
  deploy: { title: 'Deploy…', load: async () => (await import('./commands/deploy.ts')).deploy },
  deployToLocal: {
    title: 'Deploy Workspace to Local',
    load: async () => (await import('./commands/deployToLocal.ts')).deployToLocal,
  },
  uploadScript: {
    title: 'Upload Script',
    load: async () => (await import('./commands/uploadScript.ts')).uploadScript,
  },
  saveIntoWorkspace: {
    title: 'Save into Workspace…',
    palette: false,
    load: async () => (await import('./commands/saveIntoWorkspace.ts')).saveIntoWorkspace,
  },
} satisfies Readonly<Record<string, Command>>;
