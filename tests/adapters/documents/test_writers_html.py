"""Forms as pages, read by a parser."""

from html.parser import HTMLParser

from adapters.documents.writing import write
from application.reports.printed import PrintedForm
from tests.adapters.documents.invented_form import HOSTILE, MONEY, SPENT, form, hostile

VOID = {"meta", "col", "br", "link", "img", "input"}


class Page(HTMLParser):
    """The elements of a page in their order, with attributes and own text."""

    def __init__(self, of: PrintedForm) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[int] = []
        self.feed(write(of, "html").decode())
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self._open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self._open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.elements[self._open[-1]][2].append(data)

    def texts(self, tag: str) -> list[str]:
        return ["".join(said) for name, _, said in self.elements if name == tag]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes, _ in self.elements if name == tag]


def test_the_header_tells_what_it_heads() -> None:
    page = Page(form())
    heads = [
        (text, at) for name, at, said in page.elements if name == "th" and (text := "".join(said))
    ]
    assert ("№ пп", {"scope": "col", "rowspan": "2"}) in heads
    assert (SPENT, {"scope": "colgroup", "colspan": "2"}) in heads
    assert ("план", {"scope": "col"}) in heads
    assert ("Задача 1. Вымышленная", {"scope": "rowgroup", "colspan": "6"}) in heads
    assert page.texts("caption") == ["Таблица 1. Деньги", "Таблица 2. Акты: [вымышленные]"]
    assert Page(form(MONEY)).texts("caption") == ["Деньги"]


def test_it_says_what_the_form_says() -> None:
    page = Page(form())
    assert page.all("html") == [{"lang": "ru"}]
    assert page.texts("title") == ["Форма 2. Вымышленный отчет за 2021 год"]
    assert page.texts("span") == list(form().title)
    cells = page.texts("td")
    assert all(
        cell.text in cells for row in MONEY.rows if row.kind != "group" for cell in row.cells
    )
    assert set(form().about) <= set(page.texts("p"))
    assert "Вымышленные данные" in page.texts("p")
    marks = {at["name"]: at["content"] for at in page.all("meta") if "name" in at}
    assert marks["letopis.position"] == "62"


def test_figures_are_on_the_right() -> None:
    page = Page(form())
    found = [
        at for name, at, said in page.elements if name == "td" and "1\u00a0129,01" in "".join(said)
    ]
    assert found == [{"class": "right"}]
    assert {"class": "total"} in page.all("tr")


def test_it_needs_nothing_from_elsewhere() -> None:
    for of in (form(), hostile()):
        page = Page(of)
        names = {name for name, _, _ in page.elements}
        assert names.isdisjoint({"script", "link", "img", "iframe", "object", "form", "base", "a"})
        for _, attributes, _ in page.elements:
            assert not {"src", "href", "onerror", "onload"} & set(attributes)
        (style,) = page.texts("style")
        assert "url(" not in style
        assert "@import" not in style
        assert "@media print" in style


def test_every_text_is_text() -> None:
    page = Page(hostile())
    for written in HOSTILE:
        assert page.texts("td").count(written) == 2, written
        assert written in page.texts("th"), written
        assert written in page.texts("p"), written
        assert written in page.texts("span"), written
