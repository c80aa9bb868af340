-- What the application may do: read everything, append rows, and nothing more. It may not choose an
-- event's position or time: these columns are not granted. Papers, refusals and people are erased by the
-- owner, issued files by nobody. Sessions end and sign-ins count once: hence DELETE.
GRANT USAGE ON SCHEMA history, read, papers, audit, access TO {role};
GRANT SELECT ON ALL TABLES IN SCHEMA history, papers, audit, access TO {role};
GRANT INSERT (
    originator_id, originator_version, topic, state, event_id, program, document, effective_on,
    dated_on, actor, request_id, correlation_id
) ON history.event TO {role};
GRANT INSERT (digest, name, content) ON history.issued_file TO {role};
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA read TO {role};
GRANT INSERT (digest, name, content) ON papers.paper TO {role};
GRANT INSERT (digest, program) ON papers.handed_in TO {role};
GRANT INSERT (municipality, reference, surname, initials) ON papers.person TO {role};
GRANT INSERT (municipality, header, kind, columns) ON papers.mapping TO {role};
GRANT INSERT (request_id, issuer, subject, method, route, program, rule, status, address)
    ON audit.refusal TO {role};
GRANT INSERT, DELETE ON access.session, access.login TO {role};
GRANT UPDATE (seen_at) ON access.session TO {role};
GRANT INSERT ON access.person TO {role};
GRANT UPDATE (name, email, noted_at) ON access.person TO {role};
ALTER ROLE {role} SET statement_timeout = '15s';
ALTER ROLE {role} SET lock_timeout = '5s';
ALTER ROLE {role} SET idle_in_transaction_session_timeout = '15s';
