-- Rows of a table in which the live read model and one built anew differ, paired by the key: a row
-- that only one of them has stands alone.
WITH live AS (
    SELECT {columns} FROM {live} EXCEPT SELECT {columns} FROM {built}
),
built AS (
    SELECT {columns} FROM {built} EXCEPT SELECT {columns} FROM {live}
)
SELECT to_jsonb(live) AS live, to_jsonb(built) AS built
FROM live FULL JOIN built USING ({key})
ORDER BY {key} LIMIT {limit}
