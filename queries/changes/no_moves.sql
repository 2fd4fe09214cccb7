-- title: No use moved by other rules yet
-- grain: one row per month × subject × what it is × what it would be
-- meaning: Holds the rows of moved_work while rules are tried; it lives in memory and dies with the trial.
-- asked_by: store
create table moves (
    month varchar,
    subject varchar,
    before varchar,
    after varchar,
    use_rows bigint,
    tokens double,
    cost_usd decimal(18, 6)
)
