// A stand-in for AWS's Glue 5 image where no image registry can be reached: the same user, home, entrypoint, commands and
// a real Spark in local mode, built from Debian packages and PyPI. Its `awsglue` is AWS's own Python package; the Glue jar
// is in AWS's image only, so `GlueContext()` fails in it.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from './output.mjs';
import { cacheRoot } from './paths.mjs';
import { SetupError, findProgram, installSystemPackages, run } from './run.mjs';

/** Changes when the recipe does. */
export const GLUE_IMAGE = 'sluice-test/glue:5-1';
const pythonPackages = ['pyspark==3.5.6', 'AWSGlueDataplanePython==5.1.0', 'pytest', 'boto3'];
const sparkLauncher = (name) => `#!/bin/bash
export SPARK_HOME="$(python3 -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')"
exec "$SPARK_HOME/bin/${name}" "$@"
`;

/**
 * Builds the image once per engine: about two minutes.
 * @param {Record<string, string>} env points docker to the engine
 * @throws {SetupError} where it cannot be built, with the reason
 */
export async function buildGlueImage(env) {
  if (await hasImage(env)) return;
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !findProgram('apt-get')) {
    throw new SetupError('The test image is built from Debian packages, which needs Linux with apt, and root.');
  }
  if (!findProgram('debootstrap')) await installSystemPackages(['debootstrap'], 'the image of container tests');
  say('Building the image of the container tests: about two minutes …');
  mkdirSync(cacheRoot, { recursive: true });
  const root = mkdtempSync(join(tmpdir(), 'sluice-glue-image-'));
  try {
    await bootstrap(root);
    await installPython(root);
    await run(['chroot', root, 'useradd', '--create-home', '--shell', '/bin/bash', 'hadoop']);
    mkdirSync(join(root, 'home/hadoop/workspace'));
    await run(['chroot', root, 'chown', '-R', 'hadoop:hadoop', '/home/hadoop']);
    for (const name of ['spark-submit', 'pyspark']) {
      writeFileSync(join(root, 'usr/local/bin', name), sparkLauncher(name));
      chmodSync(join(root, 'usr/local/bin', name), 0o755);
    }
    await importImage(root, env);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function hasImage(env) {
  return await run(['docker', 'image', 'inspect', GLUE_IMAGE], { env }).then(
    () => true,
    () => false,
  );
}

/** A minimal system from the mirror that this machine installs from. */
async function bootstrap(root) {
  const codename = /^VERSION_CODENAME=(.+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  const sources = () => run(['apt-get', 'indextargets', '--format', '$(REPO_URI) $(CODENAME) $(COMPONENT)']);
  const find = (text) => text.split('\n').find((line) => line.endsWith(` ${codename} main`));
  let source = find(await sources());
  if (!source) {
    await run(['apt-get', 'update', '-qq']);
    source = find(await sources());
  }
  if (!source) throw new SetupError('No package source of this system is known to apt.');
  const include = 'python3,python3-pip,openjdk-17-jre-headless,procps';
  await run(['debootstrap', '--variant=minbase', `--include=${include}`, codename, root, source.split(' ')[0]]);
}

async function installPython(root) {
  const [version] = (
    await run(['chroot', root, 'python3', '-c', 'import sys; print("%d.%d" % sys.version_info[:2])'])
  ).split('\n');
  const target = join(root, 'usr/local/lib', `python${version}`, 'dist-packages');
  const venv = mkdtempSync(join(tmpdir(), 'sluice-pip-'));
  try {
    await run(['python3', '-m', 'venv', venv]);
    const env = { PIP_CACHE_DIR: join(cacheRoot, 'pip') };
    await run([join(venv, 'bin/python'), '-m', 'pip', 'install', '--quiet', '--target', target, ...pythonPackages], {
      env,
    });
  } finally {
    rmSync(venv, { recursive: true, force: true });
  }
}

async function importImage(root, env) {
  const tar = spawn('tar', ['-C', root, '-c', '.'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const changes = ['USER hadoop', 'WORKDIR /home/hadoop', 'ENTRYPOINT ["bash","-l"]'].flatMap((change) => [
    '-c',
    change,
  ]);
  const load = spawn('docker', ['import', ...changes, '-', GLUE_IMAGE], {
    env: { ...process.env, ...env },
    stdio: [tar.stdout, 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve) => load.on('close', resolve));
  if (code !== 0) throw new SetupError(`docker import ended with ${code}`);
}
