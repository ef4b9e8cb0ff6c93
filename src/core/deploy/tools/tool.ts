/** A tool that owns what it deploys: a change beside it would be undone, or would break its next deploy. */
export type DeployTool = 'pulumi' | 'cdk' | 'sam' | 'terraform';

export interface ToolFacts {
  readonly name: string;
  /** Programs to look for, the usual one first. */
  readonly programs: readonly string[];
  /** How to get it, as a sentence with a Markdown link. */
  readonly install: string;
}

export const TOOLS: Readonly<Record<DeployTool, ToolFacts>> = {
  pulumi: {
    name: 'Pulumi',
    programs: ['pulumi'],
    install: '[Install Pulumi](https://www.pulumi.com/docs/install/) and reload the window.',
  },
  cdk: {
    name: 'the AWS CDK',
    programs: ['cdk'],
    install:
      'Install it with "npm install -g aws-cdk", or in the project, [as AWS describes](https://docs.aws.amazon.com/cdk/v2/guide/getting-started.html).',
  },
  sam: {
    name: 'the AWS SAM CLI',
    programs: ['sam'],
    install:
      '[Install the AWS SAM CLI](https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html) and reload the window. It deploys plain CloudFormation templates as well.',
  },
  terraform: {
    name: 'Terraform',
    programs: ['terraform', 'tofu'],
    install:
      '[Install Terraform](https://developer.hashicorp.com/terraform/install) or [OpenTofu](https://opentofu.org/docs/intro/install/) and reload the window.',
  },
};

/** How the preview of a tool is called by those who use it. */
export const PREVIEW_WORDS: Readonly<Record<DeployTool, string>> = {
  pulumi: 'pulumi preview',
  cdk: 'cdk diff',
  sam: 'sam deploy, change set only',
  terraform: 'terraform plan',
};
