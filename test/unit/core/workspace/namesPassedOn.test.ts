import { describe, expect, it } from 'vitest';
import { Contracts } from '../../../../src/core/workspace/contracts/contracts.ts';
import { planRename } from '../../../../src/core/workspace/contracts/rename.ts';
import { symbolAt } from '../../../../src/core/workspace/contracts/symbols.ts';
import { pythonConstants } from '../../../../src/core/workspace/facts/pythonConstants.ts';
import { indexOf, linesOf } from './support.ts';

const JOB = {
  'load.glue.json': '{"Name": "load-orders", "Command": {"Name": "glueetl", "ScriptLocation": "s3://b/load.py"}}',
  'load.py':
    'from awsglue.utils import getResolvedOptions\nargs = getResolvedOptions(sys.argv, ["source", "target"])\n',
};

describe('names that a Python program passes on', () => {
  it('a function that starts a job with its parameter makes its callers those of the job', async () => {
    const program = `
def start(name):
    glue.start_job_run(JobName=name, Arguments={"--source": "s", "--target": "t"})

class Runner:
    async def run(self, name: str, wait: bool = True, arguments: dict | None = None):
        return await self.glue.start_job_run(JobName=name, Arguments=arguments or {})

start("load-ordres")
start("load-orders")
run("load-ordres")
Runner().run("load-orders", arguments={"--source": "s"})
Runner().run(name="load-ordres")
`;
    expect(await linesOf({ ...JOB, 'start.py': program })).toEqual([
      'start.py misspelt-name "load-ordres"',
      'start.py missing-argument arguments',
      'start.py misspelt-name "load-ordres"',
    ]);
  });

  it('a function of another module that starts a job makes its callers those of the job', async () => {
    const files = {
      ...JOB,
      'app/shared/__init__.py': '',
      'app/shared/runner.py': `
import boto3

def start(client, name, *, arguments=None, label="a, b"):
    def log(text): print(text)
    log("starting")
    return client.start_job_run(JobName=name, Arguments=arguments or {})

def start_plainly(name: str):
    boto3.client("glue").start_job_run(JobName=name)

def crawl(name):
    boto3.client("glue").start_crawler(Name=name)

def start_of_stage(name, stage):
    name = f"{name}-{stage}"
    boto3.client("glue").start_job_run(JobName=name)
`,
      'app/main.py': `
from app.shared.runner import start, start_plainly as go, start_of_stage
from app.shared import runner
from .names import LOAD, load_job

start(glue, "load-ordres")
start(glue, "load-orders", arguments={"--source": "s", "--Target": "t"})
start(glue, name="load-orders", arguments={"--source": "s", "--target": "t"})
go("load-orders")
runner.crawl("load-ordres")
start_of_stage("load-ordres", "dev")
start(glue, LOAD)
glue.start_job_run(JobName=load_job())
`,
      'app/names.py':
        'LOAD = "load-ordrs"\n\n\ndef load_job() -> str:\n    """Its name."""\n    return "laod-orders"\n',
    };
    expect(await linesOf(files)).toEqual([
      'app/main.py misspelt-name "load-ordres"',
      'app/main.py misspelt-option "--Target"',
      'app/main.py missing-argument "load-orders"',
      'app/names.py misspelt-name load-ordrs',
      'app/names.py misspelt-name laod-orders',
    ]);
    const { links } = new Contracts(await indexOf(files));
    const config = links.file('load.glue.json');
    const symbol = config && symbolAt(links, config, files['load.glue.json'].indexOf('load-orders'));
    expect(symbol?.occurrences.filter(({ file }) => file.path === 'app/main.py')).toHaveLength(3);
  });

  it('methods of classes that are imported, and what a package hands on, make their callers those of the job', async () => {
    const files = {
      ...JOB,
      'shared/__init__.py': 'from .jobs import JobRunner as Runner, start\nfrom .more import *\nfrom . import names\n',
      'shared/jobs/__init__.py': 'from shared.jobs.runner import JobRunner, start\n',
      'shared/jobs/runner.py': `
class JobRunner:
    def __init__(self, client):
        self.client = client

    def start(self, name, arguments=None):
        self.client.start_job_run(JobName=name, Arguments=arguments or {})

    @staticmethod
    def start_now(name):
        boto3.client("glue").start_job_run(JobName=name)

def start(name):
    boto3.client("glue").start_job_run(JobName=name, Arguments={"--source": "s", "--target": "t"})
`,
      'shared/more.py': 'def start_crawl(name):\n    boto3.client("glue").start_crawler(Name=name)\n',
      'shared/names.py': 'LOAD = "load-ordrs"\n',
      'main.py': `
import shared
from shared import Runner, start, start_crawl, names
from other import Unknown

runner = Runner(boto3.client("glue"))
runner.start("load-ordres")
runner.start("load-orders", {"--source": "s", "--Target": "t"})
Runner(client).start(name="load-order", arguments={})
Runner.start_now("loda-orders")
start("load-oders")
shared.start("laod-orders")
start_crawl("load-ordres")
glue.start_job_run(JobName=names.LOAD)

class Nightly:
    def __init__(self):
        self.jobs = Runner(None)

    def run(self, other: Unknown, given: "Runner"):
        self.jobs.start("load-rders")
        other.start("load-ordres")
        given.start("load-oorders")
`,
    };
    expect(await linesOf(files)).toEqual([
      'shared/names.py misspelt-name load-ordrs',
      'main.py misspelt-name "load-ordres"',
      'main.py misspelt-option "--Target"',
      'main.py misspelt-name "load-order"',
      'main.py misspelt-name "loda-orders"',
      'main.py misspelt-name "load-oders"',
      'main.py misspelt-name "laod-orders"',
      'main.py misspelt-name "load-rders"',
      'main.py misspelt-name "load-oorders"',
    ]);
  });

  it('packages that hand on to one another have an end', async () => {
    const files = {
      ...JOB,
      'a/__init__.py': 'from b import *\nfrom b import start\n',
      'b/__init__.py': 'from a import *\nfrom a import start\n',
      'c/runner.py': 'def start(name):\n    glue.start_job_run(JobName=name)\n',
      'main.py': 'from a import start\nstart("load-ordres")\n',
    };
    expect(await linesOf(files)).toEqual(['load.glue.json missing-argument load-orders']);
  });

  it('an imported function that is no helper, and one that several modules may be meant by, mean nothing', async () => {
    const files = {
      ...JOB,
      'a/jobs.py': 'def run(name):\n    glue.start_job_run(JobName=name)\n',
      'b/jobs.py': 'def run(name):\n    print(name)\n',
      'main.py': 'import subprocess\nfrom jobs import run\nrun("load-ordres")\nsubprocess.run("load-ordres")\n',
      'b/main.py': 'from .jobs import run\nrun("load-ordres")\n',
    };
    expect(await linesOf(files)).toEqual(['load.glue.json missing-argument load-orders']);
  });

  it('a constant of the file or of another module names what it says, and is told of once, where it stands', async () => {
    const files = {
      ...JOB,
      'app/__init__.py': 'OTHER = "load-ordes"\n',
      'app/names.py': 'LOAD = "load-ordres"\nGIVEN = "load-orders"\nclass Jobs(str, Enum):\n    LOAD = "laod-orders"\n',
      'app/start.py': `
from app import OTHER, names
from .names import LOAD as NAME, Jobs, GIVEN
LOCAL = "load-order"
glue.start_job_run(JobName=NAME)
glue.start_job_run(JobName=names.LOAD)
glue.start_job_run(JobName=Jobs.LOAD.value)
glue.start_job_run(JobName=OTHER)
glue.start_job_run(JobName=LOCAL)
glue.start_job_run(JobName=GIVEN, Arguments={"--source": "s", "--Target": "t"})
`,
    };
    expect(await linesOf(files)).toEqual([
      'app/__init__.py misspelt-name load-ordes',
      'app/names.py misspelt-name load-ordres',
      'app/names.py misspelt-name laod-orders',
      'app/start.py misspelt-name load-order',
      'app/start.py misspelt-option "--Target"',
    ]);
  });

  it('what is given anything else as well is no constant', async () => {
    const program = `
NAME = "load-ordres"
if prod:
    NAME = "other"
def start(JOB):
    glue.start_job_run(JobName=JOB)
JOB = "load-ordres"
glue.start_job_run(JobName=NAME)
`;
    expect(await linesOf({ ...JOB, 'start.py': program })).toEqual(['load.glue.json missing-argument load-orders']);
  });

  it('a name that is added to, given with others, or set on the object is no constant; arguments of calls change none', async () => {
    const program = `
ADDED = "load-ordres"
ADDED += suffix
A, GIVEN = pair()
GIVEN = "load-ordres"
class Runner:
  JOB = "load-ordres"
  def __init__(self, job):
    self.JOB = job
    INNER = "load-ordres"
  def run(self):
    glue.start_job_run(JobName=self.JOB)
    glue.start_job_run(JobName=Runner.INNER)
job_name = "load-ordres"
run_all(
    job_name="x",
)
glue.start_job_run(JobName=ADDED)
glue.start_job_run(JobName=GIVEN)
glue.start_job_run(JobName=job_name)
`;
    expect(await linesOf({ ...JOB, 'start.py': program })).toEqual([
      'load.glue.json missing-argument load-orders',
      'start.py misspelt-name load-ordres',
    ]);
  });

  it('a file of constants by the thousand is data, and read in no more time than its length', async () => {
    const linesIn = (count: number): string =>
      Array.from(
        { length: count },
        (_, at) => `def f${String(at)}(a, b):\n    pass\nNAME_${String(at)} = "load"\n`,
      ).join('');
    const cpuMs = (text: string): number => {
      const before = process.cpuUsage();
      pythonConstants(text);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    expect(pythonConstants(linesIn(400))).toHaveLength(400);
    expect(pythonConstants(linesIn(2_000))).toEqual([]);
    const [small, large] = [linesIn(400), `${linesIn(400)}${'x = call(1)\n'.repeat(60_000)}`];
    pythonConstants(small);
    const once = Math.max(5, cpuMs(small));
    expect(cpuMs(large)).toBeLessThan(once * (large.length / small.length) * 10);
    await Promise.resolve();
  });

  it('a rename goes to the constant, once', async () => {
    const files = {
      ...JOB,
      'names.py': 'LOAD = "load-orders"\n',
      'start.py': 'import names\nglue.start_job_run(JobName=names.LOAD)\nglue.get_job_run(JobName=names.LOAD)\n',
    };
    const { links } = new Contracts(await indexOf(files));
    const file = links.file('load.glue.json');
    const symbol = file && symbolAt(links, file, files['load.glue.json'].indexOf('load-orders'));
    const plan = symbol && planRename(symbol, 'load-all');
    const places = plan?.kind === 'edits' ? plan.places.map((one) => `${one.file.path}:${String(one.spot.start)}`) : [];
    expect(places).toEqual(['load.glue.json:10', 'names.py:8']);
  });
});
