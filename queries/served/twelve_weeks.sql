-- title: Who used AI in twelve weeks
-- grain: one row per company × person with dated use in the twelve weeks
-- served_as: macro
-- meaning: In how many of the last twelve whole weeks, Monday to Sunday, that ended with or before a month a person used AI. Weeks come from the days of use, so people known only from files of a week or a month are not here, nor those of a company whose files begin after the first of the weeks, since nobody there could have used it in all of them.
create macro twelve_weeks(month_text, companies) as table
    with weeks as (
        select
            1::integer << number::integer as week_bit,
            (date_trunc('week', month_end(month_text) + 1) - interval (7 * number) day)::date as first_day
        from range(12, 0, -1) as numbers(number)
    ),

    -- A week that lies in two months is one bit of a person, whichever month it was used in.
    parts as (
        select month, week_bit, day_bits(month, first_day, first_day + 6) as mask
        from weeks
        cross join (select distinct month from user_month)
        where mask <> 0
    )

    select company, person, bit_count(bit_or(week_bit)) as weeks
    from people_of_companies(companies)
    join parts using (month)
    where day_mask & mask <> 0
        and company in (select company from covered_days where day <= (select min(first_day) from weeks))
    group by company, person
