/**
 * Where a config stands, which decides how its fields are spelt and what its reader does with their values:
 * `api` the input of the CLI or an SDK, `reply` what get-job and the like print, `git` a file of Glue's Git integration,
 * `studio` a download of Glue Studio, `cloudformation` with SAM and what the CDK synthesizes, `terraform`,
 * `program` a constructor call of Pulumi or of the CDK's second level, `cdk` one of the CDK's first level, which takes what
 * CloudFormation takes, and `sdk` a call of an AWS SDK in a program.
 */
export type Dialect = 'api' | 'reply' | 'git' | 'studio' | 'cloudformation' | 'terraform' | 'program' | 'cdk' | 'sdk';

/** How a dialect writes the names of fields: `template` as CloudFormation, `pulumi` in TypeScript, `pulumiSnake` in Python. */
export type Style =
  'pascal' | 'template' | 'camel' | 'snake' | 'studio' | 'terraform' | 'pulumi' | 'pulumiSnake' | 'cdkSnake';

export interface DialectFacts {
  /** The styles that it knows, the usual one first. */
  readonly styles: readonly [Style, ...Style[]];
  /** Whether numbers and booleans become text by themselves where text is due. */
  readonly isCoercing: boolean;
  /** Whether the service wrote it, with capacity fields that repeat what the workers give. */
  readonly isWrittenByService: boolean;
  /** Whether what is absent may be given elsewhere, or has a default of the tool. */
  readonly hasDefaults: boolean;
}

const PROGRAM: DialectFacts['styles'] = ['snake', 'pulumi', 'camel', 'pulumiSnake', 'template', 'pascal'];

export const DIALECTS: Readonly<Record<Dialect, DialectFacts>> = {
  api: { styles: ['pascal'], isCoercing: false, isWrittenByService: false, hasDefaults: false },
  reply: { styles: ['pascal'], isCoercing: false, isWrittenByService: true, hasDefaults: false },
  git: { styles: ['camel'], isCoercing: false, isWrittenByService: true, hasDefaults: false },
  studio: { styles: ['studio'], isCoercing: false, isWrittenByService: true, hasDefaults: false },
  cloudformation: { styles: ['template'], isCoercing: true, isWrittenByService: false, hasDefaults: false },
  terraform: { styles: ['terraform'], isCoercing: true, isWrittenByService: false, hasDefaults: true },
  program: { styles: PROGRAM, isCoercing: true, isWrittenByService: false, hasDefaults: true },
  cdk: {
    styles: ['cdkSnake', 'camel', 'template', 'pascal'],
    isCoercing: true,
    isWrittenByService: false,
    hasDefaults: false,
  },
  sdk: { styles: ['pascal'], isCoercing: false, isWrittenByService: false, hasDefaults: false },
};
