"""Refusals: each has a name, carries its values, and its docstring is what the person reads.

The first line of a docstring is the Russian text, the second the English one; `{names}` are values.
"""

import re
from typing import Any


class Refusal(Exception):
    """Отказ.
    Refused.
    """

    def __init__(self, **values: Any) -> None:
        """A value that is itself a sentence is a pair: Russian, English. `given` keeps them as pairs."""
        self.given = values
        self.values = {name: _in(value, "ru") for name, value in values.items()}
        super().__init__(self.text("ru"))

    @property
    def name(self) -> str:
        """The stable name: the class name in snake_case."""
        return snake(type(self).__name__)

    def text(self, language: str) -> str:
        """The sentence for the person, Russian (`ru`) or English."""
        lines = [line.strip() for line in (type(self).__doc__ or "").strip().splitlines()]
        template = lines[0] if language == "ru" else lines[1]
        given = {name: _in(value, language) for name, value in self.given.items()}
        return template.format_map(_Known(given)).strip()


def _in(value: Any, language: str) -> str:
    return str(value[language == "en"] if isinstance(value, tuple) else value)


class _Known(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "—"


def snake(name: str) -> str:
    """CamelCase to snake_case."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


class Malformed(Refusal):
    """Значение записано неправильно.
    The value is malformed.
    """


class NotANumber(Malformed):
    """«{value}» — не число: нужны цифры с точкой, не более 28 знаков, без NaN и бесконечности.
    “{value}” is not a number: digits with a point, 28 at most, no NaN or infinity.
    """


class NotMoney(Malformed):
    """«{value}» — не сумма в рублях: нужны рубли и две цифры копеек, например 312480.00.
    “{value}” is not a sum in rubles: rubles and two digits are needed, as in 312480.00.
    """


class NotAPeriod(Malformed):
    """«{value}» — не период: год 2021, полугодие 2021-H1, квартал 2021-Q3 или месяц 2021-03.
    “{value}” is not a period: 2021, 2021-H1, 2021-Q3 or 2021-03.
    """


class NotACell(Malformed):
    """«{cell}» — не адрес ячейки, который можно менять правовым актом.
    “{cell}” is not the key of a cell that an act can change.
    """


class NotACode(Malformed):
    """«{value}» — не код аналитической программной классификации из четырёх частей МП/Пп/ОМ/М.
    “{value}” is not a four-part code of the program classification.
    """


class NotYet(Refusal):
    """День {day} ещё не наступил (сегодня {today}): записать можно только то, что уже произошло.
    The day {day} has not come yet (today is {today}): only what has happened can be recorded.
    """


class EndsBeforeStart(Refusal):
    """«{cell}»: последний день {until_on} раньше первого {effective_on}.
    “{cell}”: the last day {until_on} is before the first {effective_on}.
    """


class RegistrationStays(Refusal):
    """Запись № {position} зарегистрировала программу: её нельзя отозвать, укажите верное значение ячейки.
    Record No. {position} registered the program: it can not be taken back, give the right value of a cell.
    """


class BudgetNotOpened(Refusal):
    """Бюджет {year} года не открывали: закрывать нечего.
    The budget of {year} was never opened: there is nothing to close.
    """


class NotADate(Malformed):
    """«{value}» — не дата: нужен вид ГГГГ-ММ-ДД.
    “{value}” is not a date: YYYY-MM-DD is needed.
    """


class ViewpointContradicts(Malformed):
    """Момент задан противоречиво: {why}.
    The viewpoint contradicts itself: {why}.
    """


class Unknown(Refusal):
    """Этого нет.
    There is no such thing.
    """


class UnknownProgram(Unknown):
    """Программы «{program}» нет при этих датах. {exists}
    There is no program “{program}” at this viewpoint. {exists}
    """


class UnknownIndicator(Unknown):
    """Показателя «{indicator}» в программе «{program}» нет при этих датах. {exists}
    There is no indicator “{indicator}” in “{program}” at this viewpoint. {exists}
    """


class UnknownElement(Unknown):
    """Элемента «{element}» в программе «{program}» нет при этих датах.
    There is no element “{element}” in “{program}” at this viewpoint.
    """


class UnknownExecutor(Unknown):
    """Исполнителя «{executor}» в программе «{program}» нет при этих датах.
    There is no executor “{executor}” in “{program}” at this viewpoint.
    """


class UnknownProcedure(Unknown):
    """Процедуры «{procedure}» в дорожной карте «{program}» нет при этих датах.
    There is no procedure “{procedure}” in the road map of “{program}” at this viewpoint.
    """


class UnknownWindow(Unknown):
    """Срока № {window} у процедуры «{procedure}» в дорожной карте «{program}» нет.
    There is no window {window} of the procedure “{procedure}” in the road map of “{program}”.
    """


class UnknownAct(Unknown):
    """Акта «{act}» в программе «{program}» нет.
    There is no act “{act}” in “{program}”.
    """


class UnknownCell(Unknown):
    """О ячейке «{cell}» в программе «{program}» ничего не записано.
    Nothing is recorded about the cell “{cell}” of “{program}”.
    """


class UnknownFinding(Unknown):
    """Расхождения «{rule}» в ячейке «{cell}» сейчас нет, принимать нечего.
    There is no finding “{rule}” in the cell “{cell}” now, nothing to accept.
    """


class UnknownPosition(Unknown):
    """Записи № {position} в программе «{program}» нет или она не содержит того, что можно исправить.
    There is no correctable event {position} in “{program}”.
    """


class AlreadyExists(Refusal):
    """«{thing}» уже есть.
    “{thing}” already exists.
    """


class DocumentFromTheFuture(Refusal):
    """Документ датирован {dated_on}, а сегодня {today}: документ из будущего не принимается.
    The document is dated {dated_on}, today is {today}: documents from the future are refused.
    """


class PeriodOutsideProgram(Refusal):
    """Период {period} вне сроков программы ({first}–{last}).
    The period {period} is outside the program's years ({first}–{last}).
    """


class PeriodNotEnded(Refusal):
    """Период {period} ещё не закончился (сегодня {today}): факт можно внести только как предварительный.
    The period {period} has not ended (today is {today}): only a preliminary fact can be reported.
    """


class PeriodClosed(Refusal):
    """Период {period} закрыт: внести можно только исправление с причиной и документом-основанием.
    The period {period} is closed: only a correction with a reason and a basis document is possible.
    """


class ReportUnderReview(Refusal):
    """Отчёт за {period} сдан и проверяется: попросите вернуть его, тогда можно вносить и исправлять.
    The report for {period} is under review: ask for it to be returned, then record and correct.
    """


class BasisRequired(Refusal):
    """Период {period} закрыт: для исправления нужен документ-основание (basis).
    The period {period} is closed: a correction needs its basis document (basis).
    """


class StepStays(Refusal):
    """Запись № {position} — шаг отчёта: её не отзывают, сделайте следующий шаг (вернуть, открыть вновь).
    Record No. {position} is a step of a report: it is not taken back, take the next step (return, reopen).
    """


class NoReportForPeriod(Refusal):
    """За период {period} отчёта нет: отчитываются за квартал (2021-Q3) или за год (2021).
    There is no report for the period {period}: reports are for a quarter (2021-Q3) or a year (2021).
    """


class ReportTooEarly(Refusal):
    """Период {period} закончится {last_day}, сегодня {today}: отчёт за него сдают после.
    The period {period} ends on {last_day}, today is {today}: its report is submitted afterwards.
    """


class ReopeningUnbounded(Refusal):
    """Период {period} открывают вновь на срок: нужен последний день (until_on) от {today} до {last}.
    The period {period} is reopened for a time: its last day (until_on) is needed, {today} to {last}.
    """


class UnknownIssue(Unknown):
    """Запись № {position} не выдавала отчёт за {period} в виде «{file}».
    Record No. {position} did not issue the report for {period} as “{file}”.
    """


class PeriodNotClosed(Refusal):
    """Период {period} не закрыт.
    The period {period} is not closed.
    """


class ReportNotInState(Refusal):
    """Отчёт за {period} сейчас «{status}»: это действие невозможно.
    The report for {period} is “{status}”: this is not possible.
    """


class ValueContradictsCalculation(Refusal):
    """Показатель «{indicator}»: внесено {value}, а собственный расчёт даёт {computed}. Запишите с пометкой «как напечатано» и причиной или исправьте.
    Indicator “{indicator}”: {value} is given, its own calculation gives {computed}. Mark it “as printed” with a reason, or correct it.
    """


class WasDoesNotStand(Refusal):
    """Ячейка «{cell}»: в акте «было {was}», а на {as_of} действовало {stands} (документ {document}).
    Cell “{cell}”: the act says “was {was}”, but {stands} stood on {as_of} (document {document}).
    """


class OverlapUndecided(Refusal):
    """Ячейка «{cell}»: значение более раннего акта {earlier} начинает действовать {starts_on}, позже, чем значение акта {later}. Укажите, заменяет (replaces) он его или сохраняет (keeps).
    Cell “{cell}”: the value of the earlier act {earlier} starts on {starts_on}, after that of {later}. Say whether it is replaced or kept.
    """


class SameDayTie(Refusal):
    """Ячейка «{cell}»: акт {other} того же дня имеет тот же порядок {day_order}. Укажите порядок в пределах дня (day_order).
    Cell “{cell}”: the act {other} of the same day has the same day order {day_order}. Give day_order.
    """


class NothingToWithdraw(Refusal):
    """Отменять нечего: «{thing}» не содержит действующих записей.
    There is nothing to withdraw: “{thing}” holds no statement.
    """


class WithdrawnByItself(Refusal):
    """Акт {act} не может отменить сам себя или акт, принятый после него.
    The act {act} can not withdraw itself or a later act.
    """


class CashOverAppropriation(Refusal):
    """Строка «{line}»: касса {cash} превысит действующие ассигнования {appropriation}. Нужна причина превышения.
    Line “{line}”: cash {cash} would exceed the appropriation in force {appropriation}. A reason is needed.
    """


class CommitmentOverAppropriation(Refusal):
    """Строка «{line}»: обязательства {commitments} превысят действующие ассигнования {appropriation}.
    Line “{line}”: commitments {commitments} would exceed the appropriation in force {appropriation}.
    """


class NoAppropriation(Refusal):
    """Строка «{line}»: на {as_of} ассигнований нет.
    Line “{line}”: there is no appropriation on {as_of}.
    """


class NegativeAmount(Refusal):
    """Сумма {amount} должна быть больше нуля.
    The amount {amount} must be above zero.
    """


class ReversalOverPosting(Refusal):
    """Возврат {amount} больше остатка {rest} по записи № {position}.
    The reversal {amount} exceeds the rest {rest} of event {position}.
    """


class ReleaseOverCommitment(Refusal):
    """Строка «{line}»: снимается {amount}, а обязательств только {rest}.
    Line “{line}”: {amount} is to be released, commitments are {rest}.
    """


class PaymentOutsideYear(Refusal):
    """Платёж от {paid_on} не относится к {year} финансовому году.
    A payment of {paid_on} does not belong to the fiscal year {year}.
    """


class BudgetClosed(Refusal):
    """Бюджет {year} года закрыт.
    The budget of {year} is closed.
    """


class ReasonRequired(Refusal):
    """Нужна причина.
    A reason is required.
    """


class NotAnAct(Refusal):
    """«{document}» — не правовой акт: план меняет, вводит и отменяет только акт (kind: act).
    “{document}” is not an act: only an act (kind: act) sets, changes or withdraws what is planned.
    """


class ContentNotStated(Refusal):
    """Акт {act}: содержание не раскрыто (content_stated: false), а строки есть — или наоборот.
    Act {act}: content_stated and the lines contradict each other.
    """


class LineMalformed(Malformed):
    """Строка «{cell}»: {why}.
    Line “{cell}”: {why}.
    """


class EffectBeforeExistence(Refusal):
    """Ячейка «{cell}»: изменение с {effective_on}, а того, что оно меняет, тогда ещё нет.
    Cell “{cell}”: the change is to take effect on {effective_on}, before the thing exists.
    """


class WindowBackwards(Refusal):
    """Процедура «{procedure}»: срок заканчивается {ends_on} раньше, чем начинается {starts_on}.
    Procedure “{procedure}”: the window ends on {ends_on} before it starts on {starts_on}.
    """


class CompletedBeforeStart(Refusal):
    """Процедура «{procedure}»: исполнена {completed_on}, раньше начала срока {starts_on}.
    Procedure “{procedure}”: completed on {completed_on}, before the window starts on {starts_on}.
    """


class Stale(Refusal):
    """Состояние программы изменилось: вы видели запись № {seen}, последняя — № {last}. {lines}
    The program has changed: you saw event {seen}, the last one is {last}. {lines}
    """


class LostRace(Refusal):
    """Другой клиент записал раньше: {stream}. Прочитайте состояние и повторите.
    Another client wrote first: {stream}. Read the state and try again.
    """


class KeyReused(Refusal):
    """Ключ Idempotency-Key уже использован для другого запроса.
    The Idempotency-Key was already used for a different request.
    """


class LedgerAway(Refusal):
    """База данных недоступна, исход неизвестен: повторите с тем же ключом.
    The database is away, the outcome is unknown: repeat with the same key.
    """


class DiskFull(Refusal):
    """На диске базы данных нет места; ничего не записано.
    The database disk is full; nothing was written.
    """


class PaperEmpty(Malformed):
    """Файл пуст.
    The file is empty.
    """


class PaperUnknownFormat(Malformed):
    """Такой файл не принимается: это {what}. Принимаются Word (.docx) и Excel (.xlsx, .xlsm без макросов, .xls, .ods); пересохраните его в одном из этих видов.
    Such a file is not accepted: it is {what}. Word (.docx) and Excel (.xlsx, .xlsm without macros, .xls, .ods) are; save it again as one of them.
    """


class PaperTooLarge(Malformed):
    """Файл слишком велик: {what} — {found}, принимается не более {most}. Разделите его или уберите лишнее.
    The file is too large: {what}: {found}, at most {most} is accepted. Split it or leave out what is not needed.
    """


class PaperTooSlow(Malformed):
    """Файл не прочитан за {seconds} с: разделите его или сохраните заново.
    The file was not read within {seconds} s: split it or save it again.
    """


class PaperEncrypted(Malformed):
    """Файл защищён паролем ({part}): снимите пароль и сохраните файл заново.
    The file is protected by a password ({part}): remove it and save the file again.
    """


class PaperHasMacros(Malformed):
    """В файле есть макросы ({part}): сохраните его без макросов, как .docx или .xlsx.
    The file has macros ({part}): save it without them, as .docx or .xlsx.
    """


class PaperReachesOutside(Malformed):
    """Файл ссылается за свои пределы ({part}: {target}): разорвите связи с другими файлами и шаблонами и сохраните его заново.
    The file reaches outside of itself ({part}: {target}): break its links to other files and templates and save it again.
    """


class PaperDeclaresEntities(Malformed):
    """В файле есть объявления DOCTYPE ({part}), которых Word и Excel не пишут: откройте его и сохраните заново.
    The file has DOCTYPE declarations ({part}), which Word and Excel never write: open it and save it again.
    """


class PaperNotComputed(Malformed):
    """В файле есть формулы без вычисленных значений ({part}): откройте его в Excel или LibreOffice и сохраните заново.
    The file has formulas without their values ({part}): open it in Excel or LibreOffice and save it again.
    """


class PaperBroken(Malformed):
    """Файл испорчен: {why}. Откройте его в Word, Excel или LibreOffice и сохраните заново.
    The file is broken: {why}. Open it in Word, Excel or LibreOffice and save it again.
    """


class ReadersBusy(Refusal):
    """Сейчас читаются другие файлы: повторите через минуту.
    Other files are being read at the moment: try again in a minute.
    """


class NotSignedIn(Refusal):
    """Нужно назваться: войдите или пришлите ключ (заголовок Authorization: Bearer …).
    You must say who you are: sign in or send a key (Authorization: Bearer …).
    """


class UnknownKey(Refusal):
    """Ключ неизвестен, истёк или отозван.
    The key is unknown, expired or revoked.
    """


class ForeignForm(Refusal):
    """Форму прислал другой сайт: она принимается только со страниц Летописи.
    Another site sent the form: it is taken from the pages of Letopis only.
    """


class FormOfAnother(Refusal):
    """Форма не этого входа: откройте страницу заново и отправьте ещё раз.
    The form is of another sign-in: open the page anew and send it again.
    """


class NoSignIn(Refusal):
    """Вход здесь не настроен: нужны LETOPIS_OIDC_ISSUER и LETOPIS_OIDC_CLIENT_ID.
    One can not sign in here: LETOPIS_OIDC_ISSUER and LETOPIS_OIDC_CLIENT_ID are needed.
    """


class NotAllowed(Refusal):
    """Нет права: {needed}{where}. Права выдаёт оператор по распоряжению владельца программы.
    You lack the right: {needed}{where}. Rights are granted by the operator.
    """


class SecondPersonNeeded(Refusal):
    """Нужен второй человек: {why}.
    A second person is needed: {why}.
    """


class AccessMoved(Refusal):
    """Ваши права изменились, пока выполнялся запрос: ничего не записано, повторите его.
    Your rights have changed while the request was carried out: nothing was recorded, try again.
    """


class RoleOfNobody(Refusal):
    """Роль «{role}» нельзя выдать «{actor}»: public получают все сразу (anybody), и только её.
    The role “{role}” can not be granted to “{actor}”: `public` is for anybody, and nothing else is.
    """


class ScopeDoesNotFit(Refusal):
    """Роль «{role}» так не ограничивается: названо {named}, а нужно что-то из: {needed}.
    The role “{role}” has no such scope: {named} is named, it takes one of {needed}.
    """


class GrantedAlready(Refusal):
    """Роль «{role}» с тем же охватом уже выдана записью № {position}.
    The role “{role}” with the same scope was already granted by event {position}.
    """


class UnknownGrant(Unknown):
    """Записи № {position}, которой выдано право или ключ, нет, или она уже отозвана.
    There is no event {position} that granted a right or a key, or it is revoked already.
    """


class KeyTooLong(Refusal):
    """Ключ до {until_on} слишком долгий: не позже {latest}.
    A key until {until_on} lasts too long: {latest} at the latest.
    """


class TwoKeysLive(Refusal):
    """У «{account}» уже два действующих ключа (записи № {positions}): отзовите один.
    “{account}” has two live keys already (events {positions}): revoke one.
    """


class NotPublished(Refusal):
    """Программа «{program}» не опубликована.
    The program “{program}” is not published.
    """
