-- title: Whether money is of few people
-- meaning: Of 1 to 4 people, or more than half of it one's, or more than 85 % that of two. `largest` is the list of the largest two parts of people, `total` what all of them have; of nobody, it is of no few.
create or replace macro is_of_few(n_people, largest, total) as
    n_people > 0
    and (n_people < 5 or largest[1] > 0.5 * total or list_sum(largest) > 0.85 * total)
