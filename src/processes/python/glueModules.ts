/**
 * Modules that the environment of Python shell jobs gets beside its packages. AWS's own `awsglue` imports Spark as soon as
 * it is touched, which a Python shell job does not have; on AWS `awsglue.utils` works there nevertheless. So the package
 * itself is made lazy: `awsglue.utils` is AWS's code, and what needs Spark says so when it is used.
 */
export const pythonModules: Readonly<Record<string, string>> = {
  'sluice_awsglue.pth': 'import sluice_awsglue\n',
  'sluice_awsglue.py': `"""Lets awsglue.utils be imported where there is no Spark."""
import importlib.util
import sys
from importlib.machinery import PathFinder


class _Lazy:
    def create_module(self, spec):
        return None

    def exec_module(self, module):
        def load(name):
            if name.startswith("__"):
                raise AttributeError(name)
            if importlib.util.find_spec("pyspark") is None:
                raise ImportError(
                    "awsglue.%s needs Spark, which a Python shell job does not have: "
                    "use the job type glueetl" % name
                )
            from awsglue import dynamicframe

            return getattr(dynamicframe, name)

        module.__getattr__ = load


class _Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "awsglue":
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.submodule_search_locations:
            spec.loader = _Lazy()
        return spec


sys.meta_path.insert(0, _Finder)
`,
};

/**
 * What is installed, in this order: the SDK, what \`awsglue.utils\` imports, and AWS's library without Spark.
 * The package AWSGlueDataplanePython on PyPI.
 */
export const pythonPackages: readonly (readonly string[])[] = [
  ['boto3', 'py4j'],
  ['--no-deps', 'AWSGlueDataplanePython==5.1.0'],
];
