-- title: Do the invoices agree with what was metered?
-- grain: one row per month × company × vendor
-- people: []
-- hides: []
-- meaning: >
--   What the tokens cost at list price, what was metered as billed or estimated, what seats cost, and
--   what was invoiced, side by side. The remainder is what was invoiced for use or seats without the
--   metered use or seats that those invoices cover; it is unknown where nothing was invoiced or a
--   part of it is in a currency without a rate.
-- parameters: [companies, from_month, to_month, vendors]
with metered as (
    select
        month,
        company,
        vendor,
        sum(list_cost_usd) as list_cost_usd,
        sum(billed_cost_usd) as billed_cost_usd,
        sum(estimated_cost_usd) as estimated_cost_usd
    from cube_month
    group by month, company, vendor
),

unconverted as (
    select distinct usage.month, usage.company, vendor
    from usage
    anti join rates using (company, month, currency)
    where usage.currency <> 'USD' and billed_in_currency is not null
),

seated as (
    select
        month,
        company,
        vendor,
        count(cost_usd) < count(*) as is_seat_rate_missing,
        case when not is_seat_rate_missing then sum(cost_usd) end as seat_cost_usd
    from seats_in_usd
    group by month, company, vendor
),

invoiced as (
    select
        invoices.month,
        invoices.company,
        invoices.vendor,
        count(*) as n_lines,
        bool_or(covers = 'usage') as covers_use,
        bool_or(covers = 'seats') as covers_seats,
        case
            when bool_and(invoices.currency = 'USD' or rates.usd_per_unit is not null)
                then sum(
                    invoices.amount
                    * case invoices.currency when 'USD' then 1 else rates.usd_per_unit end
                ) filter (where covers in ('usage', 'seats'))
        end as invoiced_usd,
        sum(
            invoices.amount * case invoices.currency when 'USD' then 1 else rates.usd_per_unit end
        ) filter (where covers not in ('usage', 'seats')) as other_invoiced_usd
    from invoices
    left join rates
        on rates.company = invoices.company
        and rates.month = invoices.month
        and rates.currency = invoices.currency
    group by invoices.month, invoices.company, invoices.vendor
)

select
    month,
    company,
    vendor,
    list_cost_usd::decimal(18, 6) as list_cost_usd,
    billed_cost_usd::decimal(18, 6) as billed_cost_usd,
    estimated_cost_usd::decimal(18, 6) as estimated_cost_usd,
    seat_cost_usd::decimal(18, 6) as seat_cost_usd,
    invoiced_usd::decimal(18, 6) as invoiced_usd,
    other_invoiced_usd::decimal(18, 6) as other_invoiced_usd,
    coalesce(n_lines, 0)::bigint as n_invoices,
    case
        when covers_use and unconverted.month is not null then null
        when covers_seats and is_seat_rate_missing then null
        else
            invoiced_usd
            - case when covers_use then coalesce(billed_cost_usd, 0) + coalesce(estimated_cost_usd, 0) else 0 end
            - case when covers_seats then coalesce(seat_cost_usd, 0) else 0 end
    end::decimal(18, 6) as unexplained_usd
from metered
full join seated using (month, company, vendor)
full join invoiced using (month, company, vendor)
left join unconverted using (month, company, vendor)
where month between $from_month and $to_month
    and ($companies::varchar[] is null or list_contains($companies::varchar[], company))
    and ($vendors::varchar[] is null or list_contains($vendors::varchar[], vendor))
order by month desc, company, vendor
