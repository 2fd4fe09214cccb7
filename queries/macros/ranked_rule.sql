-- title: A rule as it ranks among others
-- meaning: Of the rules that match, the smallest of these is the one that fires. It has the lowest number, else the longest pattern, else the first by alphabet.
create or replace macro ranked_rule(priority, field, pattern, result) as
    {
        'priority': coalesce(priority, 9223372036854775807),
        'shortness': -length(pattern),
        'pattern': pattern,
        'field': field,
        'result': result
    }
