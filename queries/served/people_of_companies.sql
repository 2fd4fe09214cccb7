-- title: People of whole companies
-- grain: one row per month × company × person
-- served_as: macro
-- meaning: Single people, for what is told of whole companies only, such as habits and retention. A question that reads this says so in its header (scope), tells nothing of 1 to 4 people, and is not answered where people, vendors, models or kinds of work are filtered.
create macro people_of_companies(companies) as table
    select month, company, person, day_mask, uses, actions, input_tokens, cache_read_tokens,
        cache_write_tokens, output_tokens
    from user_month
    where companies is null or list_contains(companies, company)
