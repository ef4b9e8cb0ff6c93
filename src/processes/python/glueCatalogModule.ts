/** Tables of the Data Catalog, as their descriptions say where and in which format their files are. */
export const glueCatalogModule = `"""Tables of the Data Catalog, read and written where their descriptions say."""


def _describe(database, name):
    import boto3

    table = boto3.client("glue").get_table(DatabaseName=database, Name=name)["Table"]
    storage = table["StorageDescriptor"]
    serde = storage.get("SerdeInfo", {})
    library = (serde.get("SerializationLibrary", "") + storage.get("InputFormat", "")).lower()
    kinds = [kind for kind in ("parquet", "orc", "json", "avro") if kind in library]
    columns = [(column["Name"], column["Type"]) for column in storage.get("Columns", [])]
    parameters = dict(table.get("Parameters", {}), **serde.get("Parameters", {}))
    partitions = [key["Name"] for key in table.get("PartitionKeys", [])]
    return kinds[0] if kinds else "csv", storage["Location"], columns, partitions, parameters


def _csv_options(parameters):
    separator = parameters.get("separatorChar", parameters.get("field.delim", parameters.get("delimiter", ",")))
    has_header = parameters.get("skip.header.line.count", "0") != "0"
    return {"sep": separator, "header": str(has_header).lower()}


def read_table(spark, database, name):
    if database is None or name is None:
        raise Exception("Parameter %s is missing." % ("table_name" if database else "database"))
    kind, location, columns, partitions, parameters = _describe(database, name)
    reader = spark.read.format(kind)
    if kind != "csv":
        return reader.load(location)
    frame = reader.options(**_csv_options(parameters)).load(location)
    own = [column for column in frame.columns if column not in partitions]
    for (wanted, type_), found in zip(columns, own):
        frame = frame.withColumnRenamed(found, wanted).withColumn(wanted, frame[found].cast(type_))
    return frame


def write_table(frame, database, name):
    kind, location, _, partitions, parameters = _describe(database, name)
    options = _csv_options(parameters) if kind == "csv" else {}
    writer = frame.write.format(kind).options(**options).mode("append")
    if partitions:
        writer = writer.partitionBy(*partitions)
    writer.save(location)
`;
