import { expect, test } from 'vitest';
import { findTests, importedFiles } from '../../../../src/core/workspace/pytestFile.ts';

const text = `"""def test_not(): in a text"""
import pytest

@pytest.fixture
def spark(): ...

@pytest.mark.parametrize("n", [1, 2])
def test_doubles(n):
    def test_inner(): ...
    assert n

async def test_waits():
    pass

class TestOrders(Base):
    def test_clean(self):
        assert True

    class TestNested:
        def test_deep(self): pass

    def helper(self): ...

class Orders(unittest.TestCase):
    def testOld(self): ...

class TestNothing: ...
class Other:
    def test_no(self): ...
`;

test('the tests of a file are those that pytest finds, with their lines', () => {
  expect(findTests(text)).toEqual([
    { name: 'test_doubles', firstLine: 8, lastLine: 10, tests: [] },
    { name: 'test_waits', firstLine: 12, lastLine: 13, tests: [] },
    {
      name: 'TestOrders',
      firstLine: 15,
      lastLine: 22,
      tests: [
        { name: 'test_clean', firstLine: 16, lastLine: 17, tests: [] },
        {
          name: 'TestNested',
          firstLine: 19,
          lastLine: 20,
          tests: [{ name: 'test_deep', firstLine: 20, lastLine: 20, tests: [] }],
        },
      ],
    },
    {
      name: 'Orders',
      firstLine: 24,
      lastLine: 25,
      tests: [{ name: 'testOld', firstLine: 25, lastLine: 25, tests: [] }],
    },
  ]);
});

test('a half-typed file keeps the tests that can be read', () => {
  expect(findTests('def test_a():\n    assert 1\n\ndef test_b(:\n').map(({ name }) => name)).toContain('test_a');
  expect(findTests(`x = ${'['.repeat(5_000)}`)).toEqual([]);
});

test('imported modules are given as the files that they may be', () => {
  expect(
    importedFiles('from jobs.orders import (clean,\n  total as t)\nimport lib.dates as d, util\nfrom . import own\n'),
  ).toEqual(['jobs/orders.py', 'jobs/orders/clean.py', 'jobs/orders/total.py', 'lib/dates.py', 'util.py', 'own.py']);
});
