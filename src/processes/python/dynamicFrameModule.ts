/** A DynamicFrame over a DataFrame: no record has a type of its own, so there is nothing to resolve and no error record. */
export const dynamicFrameModule = `"""DynamicFrame over a DataFrame of a Spark of this machine."""
from functools import reduce

from pyspark.sql import Row, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

_TYPES = {"long": "bigint", "short": "smallint", "byte": "tinyint", "integer": "int"}


def only_in_glue(what):
    raise NotImplementedError(
        "%s is in AWS's Glue library, which this run without a container does not have. Run the script in the Glue container."
        % what
    )


def _parts(path):
    parts, quoted, part = [], False, ""
    for letter in path:
        if letter == chr(96):
            quoted = not quoted
        elif letter == "." and not quoted:
            parts.append(part)
            part = ""
        else:
            part += letter
    return parts + [part]


def _quoted(parts):
    return ".".join(chr(96) + part + chr(96) for part in parts)


def _has(schema, parts):
    for part in parts:
        if not isinstance(schema, StructType) or part not in schema.names:
            return False
        schema = schema[part].dataType
    return True


class _Record(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)


def _record(row):
    def wrap(value):
        if isinstance(value, dict):
            return _Record({key: wrap(item) for key, item in value.items()})
        return [wrap(item) for item in value] if isinstance(value, list) else value

    return wrap(row.asDict(recursive=True))


def _row(record):
    if isinstance(record, dict):
        return Row(**{key: _row(value) for key, value in record.items()})
    return [_row(item) for item in record] if isinstance(record, list) else record


class DynamicFrame(object):
    def __init__(self, dataframe, glue_ctx, name=""):
        self._df, self.glue_ctx, self.name = dataframe, glue_ctx, name

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        only_in_glue("DynamicFrame.%s" % name)

    @classmethod
    def fromDF(cls, dataframe, glue_ctx, name=""):
        return cls(dataframe, glue_ctx, name)

    def toDF(self, options=None):
        return self._df

    def _with(self, dataframe):
        return DynamicFrame(dataframe, self.glue_ctx, self.name)

    def schema(self):
        return self._df.schema

    def show(self, num_rows=20):
        for line in self._df.limit(num_rows).toJSON().collect():
            print(line)

    def printSchema(self):
        self._df.printSchema()

    def count(self):
        return self._df.count()

    def getNumPartitions(self):
        return self._df.rdd.getNumPartitions()

    def repartition(self, num_partitions, *_, **__):
        return self._with(self._df.repartition(num_partitions))

    def coalesce(self, num_partitions, shuffle=False, *_, **__):
        return self._with(self._df.repartition(num_partitions) if shuffle else self._df.coalesce(num_partitions))

    def filter(self, f, *_, **__):
        kept = self._df.rdd.filter(lambda row: f(_record(row)))
        return self._with(SparkSession.builder.getOrCreate().createDataFrame(kept, self._df.schema))

    def map(self, f, *_, **__):
        rows = self._df.rdd.map(lambda row: _row(f(_record(row))))
        return self._with(SparkSession.builder.getOrCreate().createDataFrame(rows, samplingRatio=1.0))

    def union(self, other_frame, *_, **__):
        return self._with(self._df.unionByName(other_frame.toDF(), allowMissingColumns=True))

    def join(self, paths1, paths2, frame2, *_, **__):
        left, right = self._df, frame2.toDF()
        pairs = [(left[_quoted(_parts(a))], right[_quoted(_parts(b))]) for a, b in zip(paths1, paths2)]
        return self._with(left.join(right, reduce(lambda a, b: a & b, [a == b for a, b in pairs])))

    def select_fields(self, paths, *_, **__):
        given = [_parts(path) for path in ([paths] if isinstance(paths, str) else paths)]
        return self._with(self._df.select(*[_quoted(p) for p in given if _has(self._df.schema, p)]))

    def drop_fields(self, paths, *_, **__):
        data = self._df
        for path in [paths] if isinstance(paths, str) else paths:
            parts = _parts(path)
            if len(parts) == 1:
                data = data.drop(parts[0])
            elif _has(data.schema, parts):
                inner = F.col(_quoted(parts[:1])).dropFields(_quoted(parts[1:]))
                data = data.withColumn(parts[0], inner)
        return self._with(data)

    def rename_field(self, oldName, newName, *_, **__):
        old, new = _parts(oldName), _parts(newName)
        if len(old) == len(new) == 1:
            return self._with(self._df.withColumnRenamed(old[0], new[0]))
        only_in_glue("Renaming the nested field %s" % oldName)

    def split_fields(self, paths, name1, name2, *_, **__):
        frames = {name1: self.select_fields(paths), name2: self.drop_fields(paths)}
        return DynamicFrameCollection(frames, self.glue_ctx)

    def apply_mapping(self, mappings, case_sensitive=False, *_, **__):
        tree = {}
        for mapping in mappings:
            source, target, type_ = mapping[0], mapping[-1], None
            if len(mapping) == 4:
                target, type_ = mapping[2], mapping[3]
            parts = _parts(source)
            if not _has(self._df.schema, parts):
                continue
            column = F.col(_quoted(parts))
            if type_ is not None:
                column = column.cast(_TYPES.get(type_, type_))
            place = tree
            names = _parts(target)
            for name in names[:-1]:
                place = place.setdefault(name, {})
            place[names[-1]] = column

        def build(place):
            return [
                (F.struct(*build(value)) if isinstance(value, dict) else value).alias(name)
                for name, value in place.items()
            ]

        return self._with(self._df.select(*build(tree)))

    applyMapping = apply_mapping

    def resolveChoice(self, specs=None, choice="", *_, **__):
        data = self._df
        for path, action in specs or []:
            kind, _, type_ = action.partition(":")
            parts = _parts(path)
            if kind in ("cast", "project") and len(parts) == 1 and parts[0] in data.columns:
                data = data.withColumn(parts[0], F.col(_quoted(parts)).cast(_TYPES.get(type_, type_)))
        return self._with(data)

    def unnest(self, *_, **__):
        def leaves(schema, head):
            for field in schema:
                path = head + [field.name]
                if isinstance(field.dataType, StructType):
                    yield from leaves(field.dataType, path)
                else:
                    yield F.col(_quoted(path)).alias(".".join(path))

        return self._with(self._df.select(*leaves(self._df.schema, [])))

    def errorsCount(self):
        return 0

    stageErrorsCount = errorsCount

    def errorsAsDynamicFrame(self):
        return self._with(self._df.limit(0))

    def assertErrorThreshold(self):
        pass

    def write(self, connection_type, connection_options={}, format=None, format_options={}, **_):
        return self.glue_ctx.write_dynamic_frame_from_options(
            self, connection_type, connection_options, format, format_options
        )


class DynamicFrameCollection(object):
    def __init__(self, dynamic_frames, glue_ctx):
        self._frames, self._glue_ctx = dict(dynamic_frames), glue_ctx

    def __getitem__(self, key):
        return self._frames[key]

    def __len__(self):
        return len(self._frames)

    def keys(self):
        return self._frames.keys()

    def values(self):
        return self._frames.values()

    def select(self, key, transformation_ctx=""):
        return self._frames[key]

    def map(self, callable, transformation_ctx=""):
        frames = {name: callable(frame, transformation_ctx) for name, frame in self._frames.items()}
        return DynamicFrameCollection(frames, self._glue_ctx)


class DynamicFrameReader(object):
    def __init__(self, glue_context, shape):
        self._context, self._shape = glue_context, shape

    def from_rdd(self, data, name, schema=None, sampleRatio=None):
        return self._shape(self._context.create_dynamic_frame_from_rdd(data, name, schema, sampleRatio))

    def from_options(self, *args, **options):
        return self._shape(self._context.create_dynamic_frame_from_options(*args, **options))

    def from_catalog(self, *args, **options):
        return self._shape(self._context.create_dynamic_frame_from_catalog(*args, **options))


class DynamicFrameWriter(object):
    def __init__(self, glue_context):
        self._context = glue_context

    def from_options(self, frame, *args, **options):
        return self._context.write_dynamic_frame_from_options(frame, *args, **options)

    def from_catalog(self, frame, *args, **options):
        return self._context.write_dynamic_frame_from_catalog(frame, *args, **options)

    def from_jdbc_conf(self, *args, **options):
        only_in_glue("A connection of the Data Catalog")
`;
