"""The people one may be on a development machine. All are invented; their rights are granted elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person: the subject of their tokens, how they are shown, what they are meant to try."""

    subject: str
    name: str
    about: str

    @property
    def email(self) -> str:
        """An address that can never exist."""
        return f"{self.subject}@letopis.invalid"


PEOPLE = (
    Person("otchetova", "Вера Отчётова", "готовит отчёты программы"),
    Person("sosedskaya", "Майя Соседская", "готовит отчёты другого муниципалитета"),
    Person("rubleva", "Нина Рублёва", "ведёт деньги: финансовый орган"),
    Person("hozyaykin", "Олег Хозяйкин", "отвечает за программу и её изменения"),
    Person("sverkina", "Анна Сверкина", "проверяет: аудитор"),
    Person("oblastnoy", "Глеб Областной", "наблюдает от региона"),
    Person("rubilnikov", "Игорь Рубильников", "следит за работой Летописи: оператор"),
)
