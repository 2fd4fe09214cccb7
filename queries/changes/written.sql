-- title: Files written
-- grain: one row per file
-- meaning: >
--   Writes the rows of the relation `written` into the folder of a Delta table, one folder a month, and
--   tells what Delta's log has to know of each file. DuckDB writes on every core, which Delta's own
--   writer does not. zstd above level 1 buys nothing, and DuckDB's own row group keeps parallel reads
--   even (measured). Until they stand in the log the files belong to no version.
-- parameters: [folder]
-- asked_by: store
copy written to $folder (
    format parquet,
    partition_by (month),
    compression zstd,
    compression_level 1,
    row_group_size 122880,
    filename_pattern 'part-{uuid}',
    append true,
    return_stats true
)
