-- title: Periods that a page tells a figure for
-- grain: one row per period, each month of the trend under its name, 'this', 'previous' and 'before'
-- served_as: macro
-- meaning: The months each period is made of. 'previous' is what the window is compared with and absent where nothing is; 'before' are the three months up to the window, which tell what was usual.
create macro periods(trend_from, from_month, to_month, previous_from, previous_to) as table
    select strftime(months.first_day, '%Y-%m') as period, period as first_month, period as last_month
    from generate_series(month_start(trend_from), month_start(to_month), interval 1 month) as months(first_day)
    union all
    select 'this', from_month, to_month
    union all
    select 'previous', previous_from, previous_to
    where previous_from is not null
    union all
    select
        'before',
        strftime(month_start(from_month) - interval 3 month, '%Y-%m'),
        strftime(month_start(from_month) - interval 1 month, '%Y-%m')
