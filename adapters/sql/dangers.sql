-- What would let the application's own connection change what was recorded, or lose it, by name with
-- what it was found in. No row: nothing. A role may become every role that it belongs to, so those count.
WITH history AS (
    SELECT tables.oid, tables.relname AS name, tables.relowner AS owner
    FROM pg_class AS tables
    WHERE tables.relnamespace = to_regnamespace('history')
        AND tables.relname IN ('event', 'issued_file')
),
roles AS (
    SELECT * FROM pg_roles WHERE pg_has_role(session_user, oid, 'MEMBER')
),
guards (tables, name, calls, fires) AS (
    -- `fires`: 1 for each row, 2 before, 4 on INSERT, 8 DELETE, 16 UPDATE, 32 TRUNCATE.
    VALUES
        ('event', 'take_in', 'take_in', 1 + 2 + 4),
        ('event', 'refuse_change', 'refuse_change', 2 + 8 + 16 + 32),
        ('issued_file', 'refuse_change_of_issued', 'refuse_change', 2 + 8 + 16 + 32)
)
SELECT 'may_change' AS danger, string_agg(asked.what || ' history.' || history.name, ', ') AS found
FROM history, (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('TRIGGER')) AS asked (what)
WHERE EXISTS (
    SELECT FROM roles
    WHERE has_table_privilege(roles.oid, history.oid, asked.what)
        OR asked.what = 'UPDATE' AND has_any_column_privilege(roles.oid, history.oid, 'UPDATE')
)
HAVING count(*) > 0
UNION ALL
SELECT 'owns', string_agg(owned.what, ', ')
FROM (
    SELECT 'history.' || name AS what, owner FROM history
    UNION ALL
    SELECT 'history', nspowner FROM pg_namespace WHERE nspname = 'history'
    UNION ALL
    SELECT proname || '()', proowner FROM pg_proc WHERE pronamespace = to_regnamespace('history')
) AS owned
WHERE pg_has_role(session_user, owned.owner, 'MEMBER')
HAVING count(*) > 0
UNION ALL
SELECT 'superuser', string_agg(rolname, ', ') FROM roles WHERE rolsuper HAVING count(*) > 0
UNION ALL
SELECT 'may_create_roles', string_agg(rolname, ', ')
FROM roles WHERE rolcreaterole HAVING count(*) > 0
UNION ALL
SELECT 'may_bypass', string_agg(way.what, ', ')
FROM (
    SELECT 'BYPASSRLS' AS what WHERE EXISTS (SELECT FROM roles WHERE rolbypassrls)
    UNION ALL
    SELECT 'REPLICATION' WHERE EXISTS (SELECT FROM roles WHERE rolreplication)
    UNION ALL
    SELECT 'SET session_replication_role' WHERE EXISTS (
        SELECT FROM roles
        WHERE has_parameter_privilege(roles.oid, 'session_replication_role', 'SET')
    )
    UNION ALL
    SELECT rolname FROM roles
    WHERE rolname IN ('pg_execute_server_program', 'pg_write_server_files')
) AS way
HAVING count(*) > 0
UNION ALL
SELECT 'not_guarded', string_agg(lacking.what, ', ')
FROM (
    SELECT guards.name || ' (history.' || guards.tables || ')' AS what
    FROM guards
    WHERE NOT EXISTS (
        SELECT FROM history
        JOIN pg_trigger AS trigger ON trigger.tgrelid = history.oid
        JOIN pg_proc AS called ON called.oid = trigger.tgfoid
        WHERE (history.name, trigger.tgname) = (guards.tables, guards.name)
            AND trigger.tgenabled IN ('O', 'A') AND trigger.tgqual IS NULL
            AND trigger.tgattr::text = '' -- not for some columns only
            AND trigger.tgtype = guards.fires
            AND called.pronamespace = to_regnamespace('history') AND called.proname = guards.calls
    )
    UNION ALL
    -- Given to the role or to the whole database, it has no ordinary trigger fire.
    SELECT 'session_replication_role = replica'
    WHERE current_setting('session_replication_role') = 'replica'
) AS lacking
HAVING count(*) > 0
UNION ALL
SELECT 'not_durable', string_agg(setting.name || ' = off', ', ')
FROM (VALUES ('fsync'), ('full_page_writes'), ('synchronous_commit')) AS setting (name)
WHERE current_setting(setting.name) = 'off'
HAVING count(*) > 0
