import type { ToolProject } from './project.ts';

/** One call of a tool. */
export interface ToolStep {
  /** Without the program's name. */
  readonly args: readonly string[];
}

/** How a tool previews and deploys a project. */
export interface ToolSteps {
  /** What has to be done once before either. */
  readonly prepare: readonly ToolStep[];
  /** Shows what would change, and changes nothing. */
  readonly preview: ToolStep;
  /** Undefined where `apply` shows what would change and asks before it does it. */
  readonly previewBeforeApply: ToolStep | undefined;
  readonly apply: ToolStep;
}

export interface ProjectState {
  /** Whether the project has been initialized (Terraform), or has a configuration (SAM). */
  readonly isSetUp: boolean;
  /** Of SAM: whether the template has functions or layers, which are built before they are sent. */
  readonly hasBuilds: boolean;
  /** Of Terraform: a path for what `plan` decides, so that `apply` does exactly that. */
  readonly planFile: string;
}

/**
 * The calls of a tool for a project. Pulumi, the CDK and SAM ask in their terminal before they change something; Terraform
 * does what its plan says without a question, so that has to be asked before.
 */
export function stepsOf({ tool, template }: ToolProject, state: ProjectState): ToolSteps {
  switch (tool) {
    case 'pulumi': {
      const preview = { args: ['preview', '--diff'] };
      return { prepare: [], preview, previewBeforeApply: preview, apply: { args: ['up'] } };
    }
    case 'cdk': {
      const preview = { args: ['diff'] };
      // Without --all, an app of several stacks refuses.
      const apply = { args: ['deploy', '--all', '--require-approval', 'any-change'] };
      return { prepare: [], preview, previewBeforeApply: preview, apply };
    }
    case 'terraform':
      return {
        prepare: state.isSetUp ? [] : [{ args: ['init'] }],
        preview: { args: ['plan'] },
        previewBeforeApply: { args: ['plan', `-out=${state.planFile}`] },
        apply: { args: ['apply', state.planFile] },
      };
    case 'sam':
      return samSteps(template ?? 'template.yaml', state);
  }
}

function samSteps(template: string, { isSetUp, hasBuilds }: ProjectState): ToolSteps {
  // What was built is in .aws-sam, where `deploy` finds it unless it is told otherwise.
  const source = hasBuilds ? [] : ['--template-file', template];
  // A stack that is up to date is no failure. What is asked is asked in a terminal: without one, SAM waits for ever.
  const ways = [...source, ...(isSetUp ? [] : ['--guided']), '--no-fail-on-empty-changeset'];
  return {
    prepare: hasBuilds ? [{ args: ['build', '--template-file', template] }] : [],
    preview: { args: ['deploy', ...ways, '--no-execute-changeset'] },
    previewBeforeApply: undefined,
    apply: { args: ['deploy', ...ways, '--confirm-changeset'] },
  };
}
