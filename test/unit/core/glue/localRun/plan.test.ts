import { describe, expect, it } from 'vitest';
import {
  guessJobKind,
  pickImage,
  planLocalRun,
  requiredArguments,
  type GlueImage,
  type LocalRunRequest,
} from '../../../../../src/core/glue/localRun/index.ts';

const glue5: GlueImage = { reference: 'glue:5', glueVersion: '5.0', user: 'hadoop', home: '/home/hadoop' };
const glue4: GlueImage = { reference: 'glue:4', glueVersion: '4.0', user: 'glue_user', home: '/home/glue_user' };

function request(values: Record<string, string> = {}, change: Partial<LocalRunRequest> = {}): LocalRunRequest {
  return {
    job: { name: 'orders', kind: 'spark', glueVersion: '5.0', arguments: values },
    stage: { kind: 'run' },
    image: glue5,
    folder: '/projects/repo',
    script: 'jobs/orders.py',
    scriptText: 'print(1)',
    runId: 'r1',
    region: 'eu-west-1',
    reach: 'none',
    files: new Map(),
    mappings: [],
    env: {},
    ...change,
  };
}

/** The words after `spark-submit`. */
function submitted(from: LocalRunRequest): readonly string[] {
  const { command } = planLocalRun(from).container;
  return command.slice(command.indexOf('spark-submit') + 1);
}

/** What the script finds after its own path. */
function argvOf(from: LocalRunRequest): readonly string[] {
  const words = submitted(from);
  return words.slice(words.findIndex((word) => word.endsWith('.py')) + 1);
}

function confsOf(from: LocalRunRequest): readonly string[] {
  return submitted(from).filter((_, index, all) => all[index - 1] === '--conf');
}

describe('arguments', () => {
  it('begin with the name of the job and are given one by one, whatever they hold', () => {
    const values = {
      '--a': 'two words',
      '--b': `"double" 'single' $HOME \`x\` \\`,
      '--c': 'zwei\nZeilen',
      '--d': 'ünïcødé ☂',
      '--e': '',
    };
    expect(argvOf(request(values))).toEqual(['--JOB_NAME', 'orders', ...Object.entries(values).flat()]);
  });

  it('join a value that begins with a dash, which would be read as the next name', () => {
    expect(argvOf(request({ '--offset': '-5', '--flag': '--x y', '--sql': '- 1' }))).toEqual([
      '--JOB_NAME',
      'orders',
      '--offset=-5',
      '--flag=--x y',
      '--sql=- 1',
    ]);
  });

  it('leave out what only the service reads, and keep TempDir', () => {
    const values = { '--enable-metrics': 'true', '--TempDir': 's3://tmp/x', '--job-language': 'python', '--mine': '1' };
    expect(argvOf(request(values))).toEqual(['--JOB_NAME', 'orders', '--TempDir', 's3://tmp/x', '--mine', '1']);
  });

  it('split the settings that one --conf carries', () => {
    const confs = confsOf(request({ '--conf': 'spark.a=1 --conf spark.b=x --conf y  --conf spark.c=3' }));
    expect(confs.slice(-4)).toEqual(['spark.a=1', 'spark.b=x', 'y', 'spark.c=3']);
  });

  it('become variables where they are customer variables, and say which Glue ignores', () => {
    const plan = planLocalRun(request({ '--customer-driver-env-vars': 'CUSTOMER_A=1,CUSTOMER_B="x,y",OTHER=2' }));
    expect(plan.container.env).toMatchObject({ CUSTOMER_A: '1', CUSTOMER_B: 'x,y' });
    expect(plan.container.env).not.toHaveProperty('OTHER');
    expect(plan.warnings.join()).toContain('OTHER');
  });
});

describe('files', () => {
  const files = new Map([
    ['s3://code/lib/clean.py', 'lib/clean.py'],
    ['s3://code/lib.zip', 'dist/lib.zip'],
    ['s3://code/driver.jar', 'jars/driver.jar'],
    ['s3://code/pkg-1.0-py3-none-any.whl', 'dist/pkg-1.0-py3-none-any.whl'],
  ]);

  it('of the workspace are imported from where they are, archives by --py-files, jars by --jars', () => {
    const values = {
      '--extra-py-files': 's3://code/lib/clean.py, s3://code/lib.zip',
      '--extra-jars': 's3://code/driver.jar',
    };
    const from = request(values, { files });
    expect(planLocalRun(from).container.env['SLUICE_PYTHONPATH']).toBe('/home/hadoop/workspace/lib');
    expect(submitted(from).join(' ')).toContain(
      '--py-files /home/hadoop/workspace/dist/lib.zip --jars /home/hadoop/workspace/jars/driver.jar',
    );
  });

  it('that only S3 has are left to Spark with AWS, and missed without', () => {
    const values = { '--extra-py-files': 's3://code/other.zip' };
    expect(submitted(request(values, { reach: 'aws' })).join(' ')).toContain('--py-files s3://code/other.zip');
    const without = planLocalRun(request(values));
    expect(without.warnings.join()).toContain('s3://code/other.zip');
    expect(without.container.command).not.toContain('--py-files');
  });

  it('and packages become a layer with the options of the job', () => {
    const values = {
      '--additional-python-modules': 'pandera==0.20.4,s3://code/pkg-1.0-py3-none-any.whl',
      '--python-modules-installer-option': '--no-index --find-links wheels',
    };
    const { layer } = planLocalRun(request(values, { files }));
    expect(layer?.pip).toEqual([
      ...['--no-index', '--find-links', 'wheels', 'pandera==0.20.4'],
      '/home/hadoop/workspace/dist/pkg-1.0-py3-none-any.whl',
    ]);
    expect(planLocalRun(request()).layer).toBeUndefined();
  });
});

describe('the container', () => {
  it('has the workspace where AWS has it, works there and publishes nothing', () => {
    const { container } = planLocalRun(request({}, { folder: 'C:\\Users\\me\\repo', image: glue4 }));
    expect(container.mounts).toEqual([{ source: 'C:\\Users\\me\\repo', target: '/home/glue_user/workspace' }]);
    expect(container.workdir).toBe('/home/glue_user/workspace');
    expect(container.ports).toEqual([]);
    expect(container.env['DISABLE_SSL']).toBe('true');
    expect(container.command).toContain('/home/glue_user/workspace/jobs/orders.py');
  });

  it('loads the table formats by a variable up to Glue 4.0, later images have them', () => {
    const values = { '--datalake-formats': 'iceberg,delta' };
    expect(planLocalRun(request(values, { image: glue4 })).container.env['DATALAKE_FORMATS']).toBe('iceberg,delta');
    expect(planLocalRun(request(values)).container.env).not.toHaveProperty('DATALAKE_FORMATS');
  });

  it('asks for credentials by address, with a token that no argument holds', () => {
    const { env, secretEnv } = planLocalRun(request({}, { reach: 'aws' })).container;
    expect(env['AWS_CONTAINER_CREDENTIALS_FULL_URI']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
    expect(secretEnv).toEqual(['AWS_CONTAINER_AUTHORIZATION_TOKEN']);
    expect(Object.keys(env)).not.toContain('AWS_SECRET_ACCESS_KEY');
  });

  it('has no way to AWS without a connection', () => {
    const { env, secretEnv } = planLocalRun(request()).container;
    expect(env['AWS_ACCESS_KEY_ID']).toBe('no-aws');
    expect(env).not.toHaveProperty('AWS_CONTAINER_CREDENTIALS_FULL_URI');
    expect(secretEnv).toEqual([]);
  });

  it('sends Spark and boto3 to the Local connection', () => {
    const from = request({}, { reach: 'local' });
    const endpoint = planLocalRun(from).container.env['AWS_ENDPOINT_URL'];
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(confsOf(from)).toContain(`spark.hadoop.fs.s3a.endpoint=${endpoint ?? ''}`);
  });

  it('gives the script the user who owns the workspace, where the engine does not translate users', () => {
    const { container } = planLocalRun(request({}, { owner: { uid: 1234, gid: 100 } }));
    expect(container.user).toBe('0:0');
    expect(container.command.slice(3, 6)).toEqual(['sluice', '1234', '100']);
  });

  it('starts Spark beside the way to this machine, unless Spark itself needs that way first', () => {
    const waits = (values: Record<string, string>, change: Partial<LocalRunRequest> = {}): string | undefined =>
      planLocalRun(request(values, change)).container.command[6];
    expect(waits({})).toBe('never');
    expect(waits({}, { reach: 'aws' })).toBe('driver');
    expect(waits({ '--extra-py-files': 's3://code/lib.zip' }, { reach: 'aws' })).toBe('first');
    expect(waits({ '--extra-jars': 's3://code/lib.jar' }, { reach: 'local' })).toBe('first');
    expect(waits({ '--conf': 'spark.pyspark.python=/opt/python' }, { reach: 'aws' })).toBe('first');
    const stage = { kind: 'tests', hostPort: 0, packages: [] } as const;
    expect(waits({}, { reach: 'aws', stage })).toBe('first');
  });

  it('has a name that engines take, whatever the job is called', () => {
    const job = { name: 'Täglich: orders / 2', kind: 'spark', arguments: {} } as const;
    expect(planLocalRun(request({}, { job })).container.name).toMatch(/^sluice-[A-Za-z0-9_.-]+-r1$/);
  });

  it('opens ports of this machine alone for the debugger and for Spark', () => {
    const { container } = planLocalRun(request({}, { stage: { kind: 'debug', hostPort: 4711 }, sparkUiPort: 4712 }));
    expect(container.ports).toEqual([
      { hostPort: 4711, containerPort: 5678 },
      { hostPort: 4712, containerPort: 4040 },
    ]);
  });

  it('ends with the time limit of the job', () => {
    const job = { name: 'x', kind: 'spark', arguments: {}, timeoutMinutes: 3 } as const;
    expect(planLocalRun(request({}, { job })).timeoutMs).toBe(180_000);
  });
});

describe('a REPL', () => {
  it('is PySpark in a container that stays, with the settings and the argv of the job', () => {
    const values = { '--day': 'today', '--conf': 'spark.a=b', '--extra-jars': 's3://code/a.jar' };
    const files = new Map([['s3://code/a.jar', 'jars/a.jar']]);
    const { container, repl = [] } = planLocalRun(request(values, { stage: { kind: 'repl' }, files }));
    expect(container.command.slice(-1)[0]).toContain('sleep infinity');
    expect(container.ports).toEqual([]);
    expect(repl.slice(0, 3)).toEqual(['bash', '-l', '-c']);
    expect(repl).toContain('["--JOB_NAME","orders","--day","today"]');
    expect(repl.join(' ')).toContain('--conf spark.a=b --jars /home/hadoop/workspace/jars/a.jar');
    expect(planLocalRun(request(values)).repl).toBeUndefined();
  });
});

describe('mapped prefixes of S3', () => {
  const mappings = [
    { location: 's3://raw/orders/', folder: '/projects/repo/data/raw' },
    { location: 's3://lake', folder: 'C:\\lake' },
  ];

  it('are folders of the container that Spark links to', () => {
    const from = request({}, { mappings });
    expect(planLocalRun(from).container.mounts.slice(1)).toEqual([
      { source: '/projects/repo/data/raw', target: '/home/hadoop/sluice-s3/0' },
      { source: 'C:\\lake', target: '/home/hadoop/sluice-s3/1' },
    ]);
    expect(confsOf(from)).toContain(
      'spark.hadoop.fs.viewfs.mounttable.raw.link./orders=plainfile:///home/hadoop/sluice-s3/0',
    );
    expect(confsOf(from)).toContain(
      'spark.hadoop.fs.viewfs.mounttable.lake.linkFallback=plainfile:///home/hadoop/sluice-s3/1',
    );
  });

  it('say that boto3 does not see them', () => {
    expect(planLocalRun(request({}, { mappings, scriptText: 'import boto3' })).warnings.join()).toContain('boto3');
  });
});

describe('warnings', () => {
  it('name what is different here, and nothing that a comment names', () => {
    const said = (scriptText: string, values = {}): string =>
      planLocalRun(request(values, { scriptText })).warnings.join('\n');
    expect(said('from awsgluedq.transforms import EvaluateDataQuality')).toContain('Data Quality');
    expect(said('# awsgluedq would be nice')).toBe('');
    expect(said('', { '--job-bookmark-option': 'job-bookmark-enable' })).toContain('bookmarks');
    expect(said('', { '--job-bookmark-option': 'job-bookmark-disable' })).toBe('');
  });
});

describe('the image', () => {
  it('is that of the version, for each version that AWS publishes one of', () => {
    const references = ['2.0', '3.0', '4.0', '5.0', '5.1'].map((version) => {
      const choice = pickImage(version, {});
      return choice.kind === 'image' ? `${choice.image.reference.split(':')[1] ?? ''} ${choice.image.home}` : 'none';
    });
    expect(references).toEqual([
      'glue_libs_2.0.0_image_01 /home/glue_user',
      'glue_libs_3.0.0_image_01 /home/glue_user',
      'glue_libs_4.0.0_image_01 /home/glue_user',
      '5 /home/hadoop',
      '5.1.0 /home/hadoop',
    ]);
  });

  it('of a job without a version is the newest, and that is said', () => {
    const choice = pickImage(undefined, {});
    expect(choice).toMatchObject({ kind: 'image', image: { glueVersion: '5.1' } });
    expect(choice.kind === 'image' && choice.image.note).toContain('5.1');
  });

  it('is not there for 6.0: 5.1 is offered, and an own image counts', () => {
    expect(pickImage('6.0', {})).toMatchObject({ kind: 'none', offer: '5.1' });
    expect(pickImage('6.0', { '6.0': 'registry.example/glue:6' })).toMatchObject({
      kind: 'image',
      image: { reference: 'registry.example/glue:6', home: '/home/hadoop' },
    });
  });
});

describe('a script', () => {
  it('tells which arguments it cannot do without', () => {
    const text = `args = getResolvedOptions(sys.argv, ["JOB_NAME", 'source_path',\n  "date"])`;
    expect(requiredArguments(text)).toEqual(['JOB_NAME', 'source_path', 'date']);
  });

  it('is taken for Spark where it imports Spark', () => {
    expect(guessJobKind('from awsglue.context import GlueContext')).toBe('spark');
    expect(guessJobKind('import sys\nimport pyspark')).toBe('spark');
    expect(guessJobKind('import boto3\nfrom awsglue.utils import getResolvedOptions')).toBe('pythonShell');
  });
});
