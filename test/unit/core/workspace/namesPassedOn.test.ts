import { describe, expect, it } from 'vitest';
import { Contracts } from '../../../../src/core/workspace/contracts/contracts.ts';
import { planRename } from '../../../../src/core/workspace/contracts/rename.ts';
import { symbolAt } from '../../../../src/core/workspace/contracts/symbols.ts';
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
