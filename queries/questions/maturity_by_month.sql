-- title: What is usage maturity made of?
-- grain: one row per month of the trend with use
-- people: []
-- hides: []
-- scope: whole companies
-- meaning: The dimensions of usage maturity that one month's data give, for whole companies, whatever else is filtered; NULL is unknown. The share with a known owner is the least it can be where the exact one is told in steps. Growth needs several months and is worked out from tokens_per_employee. What would speak of fewer than 5 people is not told, and workflows only where the rules assign half of the tokens.
-- parameters: [companies, to_month, trend_from]
with cube as (
    select
        *,
        weighted_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) as tokens
    from cube_month
    where month between $trend_from and $to_month
        and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
),

sums as (
    select
        month,
        sum(tokens) as tokens,
        sum(list_cost_usd) as list_cost_usd
    from cube
    group by month
),

owned as (
    select
        *,
        case
            when exists (from people)
                then exact_owner_share(owned_tokens, tokens, owned_gross_cost_usd, gross_cost_usd)
        end as exact_share
    from month_figures(
        $trend_from, $to_month, false, $companies::varchar[], null, null, null, null, null, []::varchar[],
        'weighted'
    )
),

figures as (
    select
        *,
        case
            when is_owned_part_shown then exact_share
            else owner_share_at_least(
                exact_share, unlisted_tokens, tokens, unlisted_gross_cost_usd, gross_cost_usd
            )
        end as known_owner_share
    from owned
),

dated as (
    select
        month,
        sum(people_with_days) as people_with_days,
        sum(person_workdays) as person_workdays,
        any_value(n_workdays) as n_workdays
    from people_by_group
    join calendar using (month)
    where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    group by month
),

channels as (
    select
        month,
        sum(tokens) filter (where channel = 'agent') as agent_tokens,
        sum(tokens) as tokens,
        bool_or(channel = 'unknown' and tokens > 0) as is_some_unknown,
        coalesce(sum(n_people) filter (where channel = 'agent'), 0) as agent_people,
        coalesce(sum(n_people) filter (where channel <> 'agent'), 0) as other_people
    from (
        select
            *,
            weighted_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) as tokens
        from channel_month
        where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    )
    group by month
),

workflows as (
    select
        month,
        exp(entropy) as workflow_breadth,
        assigned / nullif(total, 0) as assigned_share
    from (
        select
            month,
            -sum(part * ln(part) order by part) filter (where workflow <> 'unassigned') as entropy,
            sum(tokens) filter (where workflow <> 'unassigned') as assigned,
            sum(tokens) as total
        from (
            select
                *,
                (tokens / nullif(sum(tokens) filter (where workflow <> 'unassigned') over (partition by month), 0))::double
                    as part
            from (
                select
                    month,
                    workflow,
                    sum(weighted_tokens(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens))
                        as tokens
                from workflow_month
                where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
                group by all
                having tokens > 0
            )
        )
        group by month
    )
),

spend as (
    select month, vendor, sum(cost_usd) as cost_usd
    from (
        select month, vendor, coalesce(billed_cost_usd, 0) + coalesce(estimated_cost_usd, 0) as cost_usd
        from cube
        union all
        select month, vendor, cost_usd
        from seats_in_usd
        where ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    )
    group by all
    having sum(cost_usd) > 0
),

vendors as (
    select month, 1 / sum(pow(share, 2) order by share) as vendor_diversity
    from (select month, cost_usd::double / sum(cost_usd) over (partition by month) as share from spend)
    group by month
)

select
    month,
    figures.active_people::bigint as active_people,
    figures.employees::double as employees,
    active_share(figures.active_people, figures.employees)::double as breadth,
    case
        when dated.people_with_days >= 5
            and not figures.active_people - dated.people_with_days between 1 and 4
            then stickiness(dated.person_workdays, dated.n_workdays, dated.people_with_days)
    end::double as stickiness,
    case
        when figures.is_seats_known
            then (coalesce(sums.list_cost_usd, 0) + coalesce(figures.seat_cost_usd, 0))
                / nullif(figures.employees, 0)
    end::double as depth_usd,
    case when workflows.assigned_share >= 0.5 then workflows.workflow_breadth end::double
        as workflow_breadth,
    case
        when not channels.is_some_unknown
            and not channels.agent_people between 1 and 4
            and not channels.other_people between 1 and 4
            then agent_share(coalesce(channels.agent_tokens, 0), channels.tokens)
    end::double as agent_share,
    vendors.vendor_diversity::double as vendor_diversity,
    tokens_per_employee(sums.tokens, figures.employees_with_tokens)::double as tokens_per_employee,
    figures.known_owner_share::double as known_owner_share,
    not figures.is_owned_part_shown as is_owner_share_least
from sums
join figures using (month)
left join dated using (month)
left join channels using (month)
left join workflows using (month)
left join vendors using (month)
order by month
