"""Codes of the analytical program classification: МП/Пп/ОМ/М, four parts, leading zeros count."""

import re

from domain.refusals import NotACode
from domain.values import Value

# Cyrillic letters that look like Latin ones in codes («Е4» and «E4», «Д6» and «D6»).
_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТУХД", "ABEKMHOPCTYXD")
_PARTS_OF_A_CODE = 4
_PARTS = re.compile(r"[.\s/]+")


def fold(printed: str) -> str:
    """The canonical spelling of a printed code or part of one: look-alike letters as Latin capitals."""
    return printed.strip().upper().translate(_LOOK_ALIKES)


class ClassificationCode(Value):
    """A four-part code. `0` in a part means «the level above»; the printed spelling is kept."""

    program: str
    subprogram: str
    main_measure: str
    measure: str
    printed: str

    @classmethod
    def parse(cls, printed: str) -> "ClassificationCode":
        """From four parts divided by points, spaces or slashes. Refuses: NotACode."""
        parts = _PARTS.split(fold(printed))
        if len(parts) != _PARTS_OF_A_CODE or not all(
            re.fullmatch(r"[0-9A-Z]{1,4}|-", part) for part in parts
        ):
            raise NotACode(value=printed[:40])
        return cls(
            program=parts[0],
            subprogram=parts[1],
            main_measure=parts[2],
            measure=parts[3],
            printed=printed,
        )

    @property
    def canonical(self) -> str:
        """The parts with points: `04.0.02.4`."""
        return f"{self.program}.{self.subprogram}.{self.main_measure}.{self.measure}"
