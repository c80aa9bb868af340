"""Rules on road maps: spans of parts, numbers, torn rows, headings, results in the wrong place."""

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from application.intake.text import folded
from application.rules.rule import Rule, Subject
from application.rules.windows import Procedure, Window, by_year, positions, shown
from domain import cells
from domain.findings import Finding
from domain.state import State

_STEM, _SHORTEST_WORD = 5, 4
"""Words are compared by their first letters: Russian ones bend at the end."""

_AT_HOME, _ASTRAY = Fraction(2, 3), Fraction(1, 3)
"""Which share of a result's words its own block speaks, and which one shows that it is not its own."""


def _backwards(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for procedure in subject.procedures:
        for window in procedure.windows:
            starts, ends = window.starts, window.ends
            if starts is not None and ends is not None and ends.day < starts.day:
                yield rule.found(
                    ends.said.cell,
                    f"Срок кончается {shown(ends.day)}, раньше своего начала {shown(starts.day)}",
                    printed=shown(ends.day),
                    computed=starts.day.isoformat(),
                    positions=positions(starts.said, ends.said),
                )


def _outside(rule: Rule, subject: Subject) -> Iterator[Finding]:
    parents = {procedure.id: procedure for procedure in subject.procedures}
    for part in subject.procedures:
        whole = parents.get(part.parent or "")
        if whole is None or not whole.windows:
            continue
        for window in part.windows:
            if window.ends is None or any(_within(window, of) for of in whole.windows):
                continue
            spans = ", ".join(_span(of) for of in whole.windows)
            yield rule.found(
                window.ends.said.cell,
                f"Срок части {_span(window)} не лежит ни в одном сроке своей процедуры: {spans}",
                printed=_span(window),
                computed=spans,
                positions=positions(window.ends.said, whole.title),
            )


def _falls_short(rule: Rule, subject: Subject) -> Iterator[Finding]:
    parts: dict[str, list[Window]] = defaultdict(list)
    for procedure in subject.procedures:
        if procedure.parent is not None:
            parts[procedure.parent] += procedure.windows
    for whole in subject.procedures:
        for window in whole.windows:
            inside = [of.ends for of in parts[whole.id] if of.ends and _within(of, window)]
            last = max(inside, key=lambda end: end.day, default=None)
            if last is None or window.ends is None or last.day == window.ends.day:
                continue
            yield rule.found(
                window.ends.said.cell,
                f"Процедура кончается {shown(window.ends.day)}, "
                f"а последняя её часть {shown(last.day)}",
                printed=shown(window.ends.day),
                computed=last.day.isoformat(),
                positions=positions(window.ends.said, last.said),
            )


def _within(part: Window, whole: Window) -> bool:
    sides = (part.starts, part.ends, whole.starts, whole.ends)
    days = [side.day for side in sides if side is not None]
    return len(days) == len(sides) and days[2] <= days[0] and days[1] <= days[3]


def _span(window: Window) -> str:
    edges = (window.starts, window.ends)
    return "–".join(shown(edge.day) if edge is not None else "…" for edge in edges)


def _used_twice(rule: Rule, subject: Subject) -> Iterator[Finding]:
    first: dict[tuple[str, str, str], Procedure] = {}
    for procedure in subject.procedures:
        cell = cells.procedure(procedure.id, "number")
        printed = subject.state.text(cell)
        if printed is None:
            continue
        other = first.setdefault((procedure.year, procedure.block, folded(printed)), procedure)
        if other is not procedure:
            yield rule.found(
                cell,
                f"Номер «{printed}» уже занят в этом разделе процедурой {other.id}",
                printed=printed,
                positions=positions(other.title, subject.state.said(cell)),
            )


def _torn(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for procedure in subject.procedures:
        cell = cells.procedure(procedure.id, "torn")
        if subject.state.text(cell) == "true":
            yield rule.found(
                cell,
                f"Процедура {procedure.id} разорвана: бумага потеряла ответственного и сроки",
                positions=positions(subject.state.said(cell)),
            )


def _headings(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for found in by_year(subject.procedures).values():
        blocks = list(dict.fromkeys(p.indicator for p in found if p.indicator is not None))
        numbered = [b for b in blocks if subject.state.text(cells.indicator(b, "number"))]
        if not numbered or len(numbered) == len(blocks):
            continue
        few = 2 * len(numbered) <= len(blocks)
        odd = numbered if few else [block for block in blocks if block not in numbered]
        field = "number" if few else "name"
        said = [subject.state.said(cells.indicator(block, field)) for block in odd]
        yield rule.found(
            cells.indicator(odd[0], field),
            f"Заголовки пронумерованы неровно: с номером {len(numbered)} из {len(blocks)}",
            printed=str(len(numbered)),
            computed=str(len(blocks)),
            positions=positions(*said),
        )


def _of_another_block(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for found in by_year(subject.procedures).values():
        same: dict[str, list[Procedure]] = defaultdict(list)
        for procedure in found:
            if result := subject.state.text(cells.procedure(procedure.id, "result")):
                same[folded(result)].append(procedure)
        repeated = {of: ps for of, ps in same.items() if len({p.block for p in ps}) > 1}
        words = _words_of_blocks(subject.state, found) if repeated else {}
        for result, those in repeated.items():
            share = {p.block: _share(_stems(result), words[p.block]) for p in those}
            at_home = next((p for p in those if share[p.block] >= _AT_HOME), None)
            for procedure in those:
                if at_home is not None and share[procedure.block] < _ASTRAY:
                    yield _misplaced(rule, subject.state, procedure, at_home)


def _misplaced(rule: Rule, state: State, procedure: Procedure, at_home: Procedure) -> Finding:
    cell = cells.procedure(procedure.id, "result")
    own = cells.procedure(at_home.id, "result")
    return rule.found(
        cell,
        f"Результат процедуры {procedure.id} дословно тот же, что у процедуры {at_home.id}, "
        f"и говорит о предмете раздела {at_home.block}, а не {procedure.block}",
        positions=positions(state.said(cell), state.said(own)),
    )


def _words_of_blocks(state: State, found: list[Procedure]) -> dict[str, set[str]]:
    """What every block speaks of: its heading and the titles of its procedures."""
    words: dict[str, set[str]] = {}
    for procedure in found:
        if procedure.block not in words:
            heading = state.text(cells.indicator(procedure.block, "name")) or ""
            words[procedure.block] = _stems(heading)
        words[procedure.block] |= _stems(state.text(procedure.title.cell) or "")
    return words


def _stems(text: str) -> set[str]:
    words = re.findall(r"[а-яa-z]+", folded(text))
    return {word[:_STEM] for word in words if len(word) >= _SHORTEST_WORD}


def _share(stems: set[str], words: set[str]) -> Fraction:
    return Fraction(len(stems & words), max(len(stems), 1))


def _of_another_year(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Only where an indicator has no target for a year of its element's road map: series of years stand
    in programs, a road map dates one result.
    """
    state = subject.state
    planned: dict[str, set[str]] = defaultdict(set)
    dated: dict[str, list[str]] = defaultdict(list)
    for cell in state.cells:
        match cells.parts(cell):
            case ["period-plan", year, element, *_]:
                planned[element].add(year)
            case ["target", name, period] if state.text(cell) is not None:
                dated[name].append(period)
    for name, periods in dated.items():
        years = planned.get(state.text(cells.indicator(name, "element")) or "", set())
        if not years or any(period[:4] in years for period in periods):
            continue
        known = ", ".join(sorted(years))
        for period in periods:
            cell = cells.target(name, period)
            yield rule.found(
                cell,
                f"Результат относится к {period}, а дорожная карта — к {known}",
                printed=period,
                computed=known,
                positions=positions(state.said(cell)),
            )


RULES: tuple[Rule, ...] = (
    Rule(
        id="window_backwards",
        severity="error",
        title="Срок кончается раньше, чем начинается",
        compares="последний день срока с первым",
        source="календарь",
        example="Начало 10.02.2020, окончание 01.02.2020",
        check=_backwards,
    ),
    Rule(
        id="part_outside_procedure",
        severity="warning",
        title="Срок части выходит за срок процедуры",
        compares="срок части (3.1) со сроками процедуры, в которую она входит (3)",
        source="часть не длиннее целого",
        example="Процедура 01.11.2020–20.12.2020, её часть до 25.12.2020",
        check=_outside,
    ),
    Rule(
        id="parts_fall_short",
        severity="warning",
        title="Процедура кончается позже последней своей части",
        compares="конец срока процедуры с концом последней части, лежащей в этом сроке",
        source="процедура состоит из своих частей",
        example="Шатура: процедура 3 до 20.12.2020, последняя её часть до 30.11.2020",
        check=_falls_short,
    ),
    Rule(
        id="number_used_twice",
        severity="error",
        title="Номер процедуры использован дважды",
        compares="номера процедур одного раздела дорожной карты",
        source="номер называет одну процедуру",
        example="Шатура: два раза «6.» в разделе 12",
        check=_used_twice,
    ),
    Rule(
        id="procedure_torn",
        severity="error",
        title="Процедура разорвана",
        compares="строка процедуры с составом граф: ответственный, сроки",
        source="форма дорожной карты",
        example="Шатура: процедура 16-2 без ответственного и без сроков",
        check=_torn,
    ),
    Rule(
        id="headings_numbered_unevenly",
        severity="warning",
        title="Заголовки разделов пронумерованы неровно",
        compares="номера показателей, которыми озаглавлены разделы дорожной карты года",
        source="форма дорожной карты",
        example="Шатура: с номером 1 заголовок из 20",
        check=_headings,
    ),
    Rule(
        id="result_of_another_block",
        severity="warning",
        title="Результат из другого раздела",
        compares="результат, дословно повторённый в другом разделе, со словами обоих: заголовка и "
        "названий процедур (в своём меньше трети слов результата, в другом не меньше двух третей)",
        source="форма дорожной карты: результат относится к своей процедуре",
        example="Шатура: аудит компьютеров с результатом о доступе к сети Интернет",
        check=_of_another_block,
    ),
    Rule(
        id="result_of_another_year",
        severity="warning",
        title="Результат другого года",
        compares="годы значений показателя с годом дорожной карты его мероприятия",
        source="форма дорожной карты с деньгами по кварталам: результат того же года",
        example="Красногорск: дорожная карта на 2022 год, результат 2024 года",
        check=_of_another_year,
    ),
)
