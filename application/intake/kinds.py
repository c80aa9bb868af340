"""All kinds of tables that intake knows."""

from application.intake import (
    cash_register,
    facts,
    financing,
    form_1,
    form_2,
    form_3,
    money_roadmap,
    passport,
    procedures,
    targets,
)

KINDS = (
    passport.KIND,
    targets.KIND,
    financing.KIND,
    form_1.KIND,
    form_2.KIND,
    form_3.KIND,
    cash_register.KIND,
    facts.KIND,
    money_roadmap.KIND,
    procedures.KIND,
)
"""What other tables of a paper name is known when a list is read: lists come last."""
