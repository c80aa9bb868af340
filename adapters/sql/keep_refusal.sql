-- Keeps a refusal. A program is named only if it exists: what stands in a path may be anything.
INSERT INTO audit.refusal (request_id, issuer, subject, method, route, program, rule, status, address)
VALUES (
    %(request_id)s, %(issuer)s, %(subject)s, %(method)s, %(route)s,
    (SELECT program FROM read.program WHERE program = %(program)s),
    %(rule)s, %(status)s, %(address)s::cidr
)
