import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { Workbench } from './workbench.ts';

// The Testing view: pytest in the Glue container, with its failures at their lines.
const image = process.env['SLUICE_TEST_GLUE_IMAGE'] ?? '';
const orders = `import pytest
from awsglue.utils import getResolvedOptions

@pytest.mark.parametrize("day", ["mon", "tue"])
def test_days(day):
    assert len(day) == 3

def test_totals():
    totals = {"orders": 2, "returns": 1}
    assert totals == {"orders": 2, "returns": 0}
`;
let workbench: Workbench;

beforeAll(async () => {
  if (image === '') return;
  workbench = await Workbench.open({
    name: 'testing',
    env: { DOCKER_HOST: process.env['DOCKER_HOST'] ?? '' },
    prepare: ({ workspace, data }) => {
      // Of scope machine: a user's own settings of the machine that runs the extension.
      const images = Object.fromEntries(['4.0', '5.0', '5.1'].map((version) => [version, image]));
      mkdirSync(join(data, 'data/Machine'), { recursive: true });
      writeFileSync(join(data, 'data/Machine/settings.json'), JSON.stringify({ 'sluice.localRun.images': images }));
      mkdirSync(join(workspace, 'tests'));
      writeFileSync(join(workspace, 'tests/test_orders.py'), orders);
    },
  });
});
afterAll(async () => {
  if (image !== '') await workbench.close();
});

test.skipIf(image === '')('Check Local Glue finds the engine and the image', async () => {
  workbench.shootOnFailure('check-local-glue');
  const { page } = workbench;
  await workbench.command('Sluice: Check Local Glue');
  const rows = page.locator('.quick-input-list .monaco-list-row');
  for (const point of ['Container engine', 'Image of Glue 5.1']) {
    await rows.filter({ hasText: point }).locator('.codicon-pass').first().waitFor();
  }
  await workbench.screenshot('check-local-glue');
  await page.keyboard.press('Escape');
});

test.skipIf(image === '')(
  'tests that import awsglue run in the container, and a failure is shown at its line',
  async () => {
    workbench.shootOnFailure('testing');
    const { page } = workbench;
    await workbench.openFile('tests/test_orders.py');
    await workbench.command('Testing: Focus on Test Explorer View');
    await page.locator('.test-explorer .monaco-list-row').filter({ hasText: 'test_orders.py' }).first().waitFor();
    await workbench.command('Test: Run All Tests');
    await page.locator('.test-explorer .codicon-testing-failed-icon').first().waitFor();
    await page.getByText("{'orders': 2, 'returns': 1} != {'orders': 2, 'returns': 0}").first().waitFor();
    await workbench.screenshotInBothThemes('testing');
  },
);
