-- title: Who used AI in twelve weeks
-- grain: one row per company × person with dated use in the twelve weeks
-- served_as: macro
-- meaning: In how many of the last twelve whole weeks, Monday to Sunday, that ended with or before a month a person used AI, and how many requests or messages a week the last three months came to. Weeks come from the days of use, so people known only from files of a week or a month are not here.
create macro twelve_weeks(month_text, companies) as table
    with weeks as (
        select
            (date_trunc('week', month_end(month_text) + 1) - interval (7 * number) day)::date as first_day
        from range(1, 13) as numbers(number)
    ),

    bits as (
        select first_day, month, day_bits(month, first_day, first_day + 6) as mask
        from weeks
        cross join (select distinct month from user_month)
        where day_bits(month, first_day, first_day + 6) <> 0
    ),

    active as (
        select user_month.company, user_month.person, count(distinct bits.first_day) as weeks
        from user_month
        join bits on bits.month = user_month.month and user_month.day_mask & bits.mask <> 0
        where companies is null or list_contains(companies, user_month.company)
        group by all
    ),

    counted as (
        select
            company,
            person,
            sum(actions) * 7.0
                / (month_end(month_text) - month_start(strftime(month_start(month_text) - interval 2 month, '%Y-%m')) + 1)
                as actions_a_week
        from user_month
        where month between strftime(month_start(month_text) - interval 2 month, '%Y-%m') and month_text
        group by all
    )

    select active.company, active.person, active.weeks, counted.actions_a_week
    from active
    left join counted using (company, person)
