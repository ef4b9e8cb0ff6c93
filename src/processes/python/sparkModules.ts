import { glueCatalogModule } from './glueCatalogModule.ts';
import { dynamicFrameModule } from './dynamicFrameModule.ts';

const contextModule = `"""GlueContext over a Spark of this machine: what of it is Spark's own works, the rest says so."""
import logging
import re
import sys

from pyspark.sql import DataFrame, SparkSession

from awsglue import sluice_catalog
from awsglue.dynamicframe import DynamicFrame, DynamicFrameReader, DynamicFrameWriter, only_in_glue

_JDBC = {"jdbc", "mysql", "postgresql", "oracle", "sqlserver", "redshift"}
_FILES = {"s3", "file", "parquet", "orc", "csv", "json"}


def _reader_options(format, options):
    if format == "csv":
        names = {"separator": "sep", "quoteChar": "quote", "escaper": "escape", "multiLine": "multiLine"}
        named = {names[key]: value for key, value in options.items() if key in names}
        if named.get("quote") in (-1, "-1"):
            named["quote"] = ""
        return dict(named, header=str(options.get("withHeader", False)).lower())
    if format == "json":
        return {"multiLine": options.get("multiline", options.get("multiLine", False))}
    return dict(options) if format == "xml" else {}


def _writer_options(format, options):
    if format != "csv":
        return {}
    names = {"separator": "sep", "quoteChar": "quote", "escaper": "escape"}
    named = {names[key]: value for key, value in options.items() if key in names}
    return dict(named, header=str(options.get("writeHeader", True)).lower())


def _jdbc(connection_type, options):
    if "url" not in options:
        only_in_glue("A connection of the Data Catalog (%s)" % options.get("connectionName", connection_type))
    given = {key: options[key] for key in ("url", "dbtable", "user", "password", "driver", "query") if key in options}
    given["url"] = re.sub("^(?!jdbc:)", "jdbc:", given["url"])
    return given


class _Sink:
    def __init__(self, context, connection_type, options):
        self._context, self._type, self._options = context, connection_type, options
        self._format, self._format_options, self._table = None, {}, None

    def setFormat(self, format, **options):
        self._format, self._format_options = format, options

    def setCatalogInfo(self, catalogDatabase=None, catalogTableName=None, **_):
        self._table = (catalogDatabase, catalogTableName)

    def writeFrame(self, frame, info=""):
        if self._table:
            logging.getLogger("awsglue").warning(
                "The table %s.%s is not updated in the Data Catalog by a run without the Glue container.", *self._table
            )
        return self._context.write_dynamic_frame_from_options(
            frame, self._type, self._options, self._format, self._format_options
        )

    write = writeFrame


class GlueContext:
    def __init__(self, sparkContext=None, **_):
        is_session = isinstance(sparkContext, SparkSession)
        self.spark_session = sparkContext if is_session else SparkSession.builder.getOrCreate()
        self.sparkSession = self.spark_session
        self._sc = self.spark_session.sparkContext
        self.create_dynamic_frame = DynamicFrameReader(self, lambda frame: frame)
        self.create_data_frame = DynamicFrameReader(self, lambda frame: frame.toDF())
        self.write_dynamic_frame = DynamicFrameWriter(self)
        self.write_data_frame = DynamicFrameWriter(self)

    def __getattr__(self, name):
        if name.startswith("_") or name == "spark_session":
            raise AttributeError(name)
        if hasattr(self.spark_session, name):
            return getattr(self.spark_session, name)
        only_in_glue("GlueContext.%s" % name)

    def get_logger(self):
        logger = logging.getLogger("glue")
        if not logger.handlers:
            handler = logging.StreamHandler(sys.stderr)
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
            logger.addHandler(handler)
            logger.setLevel(logging.INFO)
            logger.warn = logger.warning
        return logger

    def create_dynamic_frame_from_rdd(self, data, name, schema=None, sample_ratio=None, **_):
        return DynamicFrame.fromDF(self.spark_session.createDataFrame(data, schema, sample_ratio), self, name)

    def create_dynamic_frame_from_options(
        self, connection_type, connection_options={}, format=None, format_options={}, transformation_ctx="",
        push_down_predicate="", **_
    ):
        if connection_type in _JDBC:
            frame = self.spark_session.read.format("jdbc").options(**_jdbc(connection_type, connection_options)).load()
            return DynamicFrame.fromDF(frame, self)
        if connection_type not in _FILES:
            only_in_glue("The connection type %s" % connection_type)
        kind = (format or connection_type).lower()
        kind = {"glueparquet": "parquet"}.get(kind, kind)
        paths = connection_options.get("paths") or connection_options.get("path") or []
        reader = self.spark_session.read.format(kind).options(**_reader_options(kind, format_options))
        if connection_options.get("recurse"):
            reader = reader.option("recursiveFileLookup", "true")
        frame = reader.load(paths)
        if kind == "csv" and not format_options.get("withHeader", False):
            frame = frame.toDF(*["col%d" % at for at in range(len(frame.columns))])
        if push_down_predicate:
            frame = frame.where(push_down_predicate)
        return DynamicFrame.fromDF(frame, self, transformation_ctx)

    def create_dynamic_frame_from_catalog(
        self, database=None, table_name=None, redshift_tmp_dir="", transformation_ctx="", push_down_predicate="",
        additional_options={}, catalog_id=None, name_space=None, **_
    ):
        frame = sluice_catalog.read_table(self.spark_session, database or name_space, table_name)
        if push_down_predicate:
            frame = frame.where(push_down_predicate)
        return DynamicFrame.fromDF(frame, self, table_name)

    def create_data_frame_from_options(self, *args, **options):
        return self.create_dynamic_frame_from_options(*args, **options).toDF()

    def create_data_frame_from_catalog(self, *args, **options):
        return self.create_dynamic_frame_from_catalog(*args, **options).toDF()

    def getSink(self, connection_type, format=None, transformation_ctx="", **options):
        sink = _Sink(self, connection_type, options)
        if format:
            sink.setFormat(format)
        return sink

    def write_dynamic_frame_from_options(
        self, frame, connection_type, connection_options={}, format=None, format_options={}, transformation_ctx="", **_
    ):
        data = frame if isinstance(frame, DataFrame) else frame.toDF()
        if connection_type in _JDBC:
            data.write.format("jdbc").options(**_jdbc(connection_type, connection_options)).mode("append").save()
            return frame
        if connection_type not in _FILES:
            only_in_glue("The connection type %s" % connection_type)
        kind = (format or connection_type).lower()
        kind = {"glueparquet": "parquet"}.get(kind, kind)
        options = _writer_options(kind, format_options)
        if "compression" in connection_options or "compression" in format_options:
            options["compression"] = connection_options.get("compression", format_options.get("compression"))
        writer = data.write.format(kind).options(**options).mode("append")
        if connection_options.get("partitionKeys"):
            writer = writer.partitionBy(*connection_options["partitionKeys"])
        writer.save(connection_options["path"])
        return frame

    write_data_frame_from_options = write_dynamic_frame_from_options
    write_from_options = write_dynamic_frame_from_options

    def write_dynamic_frame_from_catalog(self, frame, database=None, table_name=None, *_, name_space=None, **__):
        data = frame if isinstance(frame, DataFrame) else frame.toDF()
        sluice_catalog.write_table(data, database or name_space, table_name)
        return frame

    write_data_frame_from_catalog = write_dynamic_frame_from_catalog
`;

const jobModule = `"""Job without a service behind it: there are no bookmarks to begin or to commit."""


class Job:
    def __init__(self, glue_context):
        self._is_initialized = False

    def init(self, job_name, args={}):
        self._is_initialized = True

    def isInitialized(self):
        return self._is_initialized

    def commit(self):
        pass

    @classmethod
    def continuation_options(cls):
        return ["--continuation-option", "continuation-enabled", "continuation-readonly", "continuation-ignore"]

    @classmethod
    def job_bookmark_options(cls):
        return ["--job-bookmark-option", "job-bookmark-enable", "job-bookmark-pause", "job-bookmark-disable"]

    @classmethod
    def job_bookmark_range_options(cls):
        return ["--job-bookmark-from", "--job-bookmark-to"]

    @classmethod
    def id_params(cls):
        return ["--JOB_NAME", "--JOB_ID", "--JOB_RUN_ID", "--SECURITY_CONFIGURATION"]

    @classmethod
    def encryption_type_options(cls):
        return ["--encryption-type", "sse-s3"]

    @classmethod
    def data_lineage_options(cls):
        return ["--enable-data-lineage"]
`;

/**
 * What takes the place of AWS's modules where Spark comes from PyPI: theirs call a Java library that is in AWS's images and
 * nowhere else. `getResolvedOptions` and the transforms stay AWS's own.
 */
export const sparkModules: Readonly<Record<string, string>> = {
  'awsglue/context.py': contextModule,
  'awsglue/job.py': jobModule,
  'awsglue/dynamicframe.py': dynamicFrameModule,
  'awsglue/sluice_catalog.py': glueCatalogModule,
};
