-- title: Which account an unnamed one is
-- grain: one row per company × family of accounts × account
-- meaning: A file that states no account is stored under 'main'. Where the company has exactly one named account in that family (kinds of one vendor that speak of the same accounts), 'main' is that account; otherwise two files of one account would both count.
-- asked_by: marts
with accounts as (
    select distinct usage.company, kinds.family, usage.account
    from usage
    join kinds using (kind)
),

named as (
    select company, family, any_value(account) as account, count(*) as n_accounts
    from accounts
    where account <> 'main'
    group by company, family
)

select
    accounts.company,
    accounts.family,
    accounts.account,
    case
        when accounts.account = 'main' and named.n_accounts = 1 then named.account
        else accounts.account
    end as same_account
from accounts
left join named using (company, family)
