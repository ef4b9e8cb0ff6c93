import type { DeployTool } from './tool.ts';

/** A call of a tool that the user wanted to end before it was through. */
export interface StoppedCall {
  readonly tool: DeployTool;
  /** `terraform apply`. */
  readonly name: string;
  /** Where it changes something, as the user calls it. */
  readonly place: string;
  /** Whether it was a call that changes something. */
  readonly isApply: boolean;
  /** Whether it came to an end of its own: it was killed otherwise, or nobody knows. */
  readonly isClean: boolean;
  /** Undefined where a signal ended it. */
  readonly code?: number | undefined;
}

/** What is done and what is not, and what to do next. */
export function describeStopped({ tool, name, place, isApply, isClean, code }: StoppedCall): string {
  if (!isApply) return `${name} was stopped. Nothing is changed in ${place}.`;
  if (isClean && code === 0) return `${name} had finished before it could be stopped: ${place} is changed.`;
  const isOf = { terraform: 'its state', pulumi: 'the state of its stack' };
  switch (tool) {
    case 'terraform':
    case 'pulumi':
      return isClean
        ? `${name} was stopped. What it had changed in ${place} until then stays, and is in ${isOf[tool]}: deploy again to go on.`
        : `${name} was ended before it had finished. What it changed last in ${place} may be missing in ${isOf[tool]}, which may be locked: ${UNLOCK[tool]}`;
    case 'cdk':
    case 'sam':
      return `${name} was stopped. A change that CloudFormation in ${place} had begun goes on without it: the events of the stack tell how far it is.`;
  }
}

const UNLOCK = {
  terraform:
    'once nobody else works on it, "terraform force-unlock" opens it, and "terraform plan" shows what is left to do.',
  pulumi: 'once nobody else works on it, "pulumi cancel" opens it, and "pulumi refresh" reads what is there.',
} as const;
