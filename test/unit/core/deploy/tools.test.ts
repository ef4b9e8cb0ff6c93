import { describe, expect, it } from 'vitest';
import { toolEnvironment } from '../../../../src/core/deploy/tools/environment.ts';
import { namedPlace } from '../../../../src/core/deploy/tools/namedPlace.ts';
import { projectOf, type ToolProject } from '../../../../src/core/deploy/tools/project.ts';
import { describeStopped } from '../../../../src/core/deploy/tools/stopped.ts';
import { stepsOf } from '../../../../src/core/deploy/tools/steps.ts';

async function find(path: string, ...files: readonly string[]): Promise<ToolProject | undefined> {
  return await projectOf(path, async (each) => await Promise.resolve(files.includes(each)));
}

describe('the project of a file', () => {
  it('is the nearest one of Pulumi or the CDK around a program', async () => {
    expect(await find('infra/jobs/app.py', 'infra/Pulumi.yaml', 'cdk.json')).toEqual({ tool: 'pulumi', root: 'infra' });
    expect(await find('lib/stack.ts', 'cdk.json')).toEqual({ tool: 'cdk', root: '' });
    expect(await find('jobs/load.py', 'other/cdk.json')).toBeUndefined();
  });

  it('is where a template stands, or its SAM configuration', async () => {
    expect(await find('template.yaml')).toEqual({ tool: 'sam', root: '', template: 'template.yaml' });
    expect(await find('a/orders.json')).toEqual({ tool: 'sam', root: 'a', template: 'orders.json' });
    expect(await find('a/b/nested.yaml', 'a/samconfig.toml', 'a/template.yaml')).toEqual({
      tool: 'sam',
      root: 'a',
      template: 'template.yaml',
    });
  });

  it('is the folder of a Terraform file, and of a module the configuration above', async () => {
    expect(await find('infra/jobs.tf')).toEqual({ tool: 'terraform', root: 'infra' });
    expect(await find('infra/modules/glue/job.tf', 'infra/main.tf')).toEqual({ tool: 'terraform', root: 'infra' });
    expect(await find('modules/glue/job.tf')).toEqual({ tool: 'terraform', root: 'modules/glue' });
    expect(await find('.terraform.lock.hcl')).toBeUndefined();
  });
});

describe('the calls of a tool', () => {
  const state = { isSetUp: true, hasBuilds: false, planFile: '/tmp/plan' };

  it('show a preview before anything is changed', () => {
    for (const tool of ['pulumi', 'cdk'] as const) {
      const { preview, previewBeforeApply, apply } = stepsOf({ tool, root: '' }, state);
      expect(previewBeforeApply).toEqual(preview);
      expect(apply.args[0]).not.toBe(preview.args[0]);
    }
  });

  it('let Terraform apply exactly what was planned, after init where that was never done', () => {
    const steps = stepsOf({ tool: 'terraform', root: '' }, { ...state, isSetUp: false });
    expect(steps.prepare).toEqual([{ args: ['init'] }]);
    expect(steps.previewBeforeApply?.args).toEqual(['plan', '-out=/tmp/plan']);
    expect(steps.apply.args).toEqual(['apply', '/tmp/plan']);
    expect(steps.preview.args).toEqual(['plan']);
  });

  it('let SAM show its change set and ask, build functions first, and guide where nothing is configured', () => {
    const project: ToolProject = { tool: 'sam', root: '', template: 't.yaml' };
    const plain = stepsOf(project, state);
    expect(plain.prepare).toEqual([]);
    const upToDate = '--no-fail-on-empty-changeset';
    expect(plain.apply.args).toEqual(['deploy', '--template-file', 't.yaml', upToDate, '--confirm-changeset']);
    expect(plain.preview.args).toContain('--no-execute-changeset');
    expect(plain.preview.args).toContain(upToDate);
    const built = stepsOf(project, { ...state, isSetUp: false, hasBuilds: true });
    expect(built.prepare).toEqual([{ args: ['build', '--template-file', 't.yaml'] }]);
    expect(built.apply.args).toEqual(['deploy', '--guided', upToDate, '--confirm-changeset']);
  });
});

describe('a tool that was stopped', () => {
  const apply = { name: 'terraform apply', place: 'staging', isApply: true, isClean: true, code: 1 };

  it('tells what is done, and how to go on', () => {
    const preview = { ...apply, tool: 'terraform', name: 'terraform plan', isApply: false } as const;
    expect(describeStopped(preview)).toBe('terraform plan was stopped. Nothing is changed in staging.');
    expect(describeStopped({ ...apply, tool: 'terraform' })).toContain('stays, and is in its state');
    expect(describeStopped({ ...apply, tool: 'terraform', code: 0 })).toContain('had finished before');
    expect(describeStopped({ ...apply, tool: 'terraform', isClean: false })).toContain('terraform force-unlock');
    expect(describeStopped({ ...apply, tool: 'pulumi', isClean: false })).toContain('pulumi cancel');
    for (const tool of ['cdk', 'sam'] as const) {
      expect(describeStopped({ ...apply, tool })).toContain('CloudFormation in staging had begun goes on');
    }
  });
});

describe('the place that a configuration names', () => {
  it('is the profile and region of SAM, of deploy before global, in the environment that is deployed', () => {
    const text = [
      'version = 0.1',
      '[default.global.parameters]',
      'region = "us-east-1"',
      'profile = "team" # shared',
      '[default.deploy.parameters]',
      "region = 'eu-west-1'",
      'stack_name = "orders"',
      '[prod.deploy.parameters]',
      'profile = "prod"',
    ].join('\r\n');
    expect(namedPlace({ file: 'samconfig.toml', text })).toEqual({
      file: 'samconfig.toml',
      profile: 'team',
      region: 'eu-west-1',
    });
    const yaml =
      'default:\n  deploy:\n    parameters: {region: eu-west-1}\n  global:\n    parameters: {profile: team}\n';
    expect(namedPlace({ file: 'samconfig.yaml', text: yaml })).toMatchObject({ profile: 'team', region: 'eu-west-1' });
  });

  it('is the profile of the CDK, and none where nothing can be read', () => {
    expect(namedPlace({ file: 'cdk.json', text: '{"app": "python3 app.py", "profile": "prod"}' }).profile).toBe('prod');
    for (const [file, text] of [
      ['cdk.json', '{"profile": 1}'],
      ['cdk.json', '{'],
      ['samconfig.toml', '= broken [['],
      ['samconfig.yml', '- a: ['],
      ['samconfig.yml', ''],
    ] as const) {
      expect(namedPlace({ file, text })).toEqual({ file });
    }
  });
});

describe('the environment of a tool', () => {
  it('has the given credentials, region and endpoints, and no way to others', () => {
    const around = {
      PATH: '/bin',
      AWS_PROFILE: 'prod',
      AWS_SESSION_TOKEN: 'old',
      AWS_ROLE_ARN: 'arn:aws:iam::1:role/x',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/x',
      AWS_REGION: 'us-east-1',
      AWS_CA_BUNDLE: '/ca.pem',
      AWS_ENDPOINT_URL_S3: 'http://elsewhere',
      EMPTY: undefined,
    };
    const place = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };
    expect(
      toolEnvironment(around, { accessKeyId: 'id', secretAccessKey: 'secret', region: 'eu-west-1' }, place),
    ).toEqual({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      PATH: '/bin',
      AWS_CA_BUNDLE: '/ca.pem',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    });
  });
});
