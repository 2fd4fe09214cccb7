-- title: Assumptions in force
-- grain: one row per company × assumption × workflow × role
-- served_as: macro
-- meaning: What is believed by the end of a month. What holds from a later day counts before what holds from an earlier one; of the same day what was decided counts before what a file brought, and the newer before the older. A value that was taken back is none.
create macro assumptions_held(companies, to_month) as table
    select * from assumptions_held_before(companies, to_month, null)
