"""Why a token or a sign-in is refused: a stable reason, a sentence for people, never the token itself."""

from domain.refusals import Refusal

TOKEN = {
    "empty": ("он пуст", "it is empty"),
    "too_long": ("он длиннее 8 КБ", "it is longer than 8 KB"),
    "encrypted": ("он зашифрован, а не подписан", "it is encrypted, not signed"),
    "not_three_parts": ("в нём не три части", "it has not three parts"),
    "not_base64": ("часть его — не base64url", "a part of it is not base64url"),
    "header_unreadable": ("заголовок — не объект JSON", "its header is not a JSON object"),
    "payload_unreadable": ("содержимое — не объект JSON", "its payload is not a JSON object"),
    "repeated_member": ("одно поле названо дважды", "a member is named twice"),
    "unsigned": ("он не подписан", "it is not signed"),
    "algorithm_not_allowed": (
        "такой способ подписи не принимается",
        "its signature algorithm is not allowed",
    ),
    "critical_header": (
        "его заголовок требует того, чего Летопись не умеет",
        "its header demands what is not understood",
    ),
    "brings_its_key": (
        "он сам называет ключ для своей проверки",
        "it names the key to check itself with",
    ),
    "type_missing": ("вид токена не назван", "its type is missing"),
    "not_an_access_token": ("это не токен доступа", "it is not an access token"),
    "not_an_id_token": ("это не токен входа", "it is not an ID token"),
    "key_id_missing": ("ключ подписи не назван", "its key id is missing"),
    "key_unknown": ("у службы входа нет такого ключа", "the provider has no such key"),
    "key_unfit": (
        "названный ключ не для такой подписи",
        "the named key is not for such a signature",
    ),
    "signature_wrong": ("подпись неверна", "its signature is wrong"),
    "issuer_missing": ("не сказано, кто его выдал", "its issuer is missing"),
    "issuer_other": ("его выдал не тот, кому мы верим", "it is from another issuer"),
    "audience_missing": ("не сказано, для кого он", "its audience is missing"),
    "audience_other": ("он выдан не для Летописи", "it is meant for another audience"),
    "party_other": ("он выдан через другую программу", "it is issued to another party"),
    "expiry_missing": ("не сказано, до каких пор он годен", "its expiry is missing"),
    "expiry_unreadable": ("срок годности — не время", "its expiry is not a time"),
    "expired": ("срок годности вышел", "it is expired"),
    "issue_missing": ("не сказано, когда он выдан", "the time of its issue is missing"),
    "issue_unreadable": ("когда он выдан — не время", "the time of its issue is not a time"),
    "issued_in_future": ("он выдан в будущем", "it is issued in the future"),
    "start_unreadable": ("начало годности — не время", "its start is not a time"),
    "not_yet_valid": ("он ещё не начал действовать", "it is not valid yet"),
    "subject_missing": ("не сказано, о ком он", "its subject is missing"),
    "subject_unfit": (
        "обозначение лица — не видимые знаки ASCII, до 255",
        "its subject is not visible ASCII of 255 characters at most",
    ),
    "nonce_other": ("он отвечает не на этот вход", "it does not answer this sign-in"),
    "access_token_other": (
        "к нему приложен чужой токен доступа",
        "another access token came with it",
    ),
}

SIGN_IN = {
    "state_other": (
        "ответ пришёл не на этот вход; начните заново",
        "the answer is to another sign-in; begin anew",
    ),
    "issuer_other": ("ответил не тот, кого спрашивали", "another issuer answered"),
    "access_denied": ("служба входа отказала или вход отменён", "the provider denied access"),
    "provider_error": ("служба входа ответила ошибкой", "the provider answered with an error"),
    "code_missing": ("в ответе нет кода", "the answer has no code"),
    "code_refused": (
        "служба входа не приняла код; начните заново",
        "the provider refused the code; begin anew",
    ),
    "client_refused": (
        "служба входа не узнала Летопись: проверьте её настройки",
        "the provider does not know this client: check its settings",
    ),
    "id_token_missing": ("служба входа не сказала, кто вошёл", "the provider told no identity"),
}

AWAY = {
    "no_answer": ("она не отвечает", "it does not answer"),
    "unreadable": ("её ответ не читается", "its answer can not be read"),
    "contradicts": (
        "её описание не сходится с настройкой LETOPIS_OIDC_ISSUER",
        "its metadata contradict the setting LETOPIS_OIDC_ISSUER",
    ),
}


class Unproven(Refusal):
    """Неизвестно, кто обращается: {why}.
    Who comes is not proven: {why}.
    """

    @property
    def reason(self) -> str:
        """The stable name of the fault: a key of `TOKEN`, `SIGN_IN` or `AWAY`."""
        return self.values["reason"]


class BadToken(Unproven):
    """Токен не принят: {why}.
    The token is not accepted: {why}.
    """


class SignInFailed(Unproven):
    """Вход не состоялся: {why}.
    Not signed in: {why}.
    """


class IssuerAway(Unproven):
    """Служба входа недоступна: {why}. Повторите позже.
    The identity provider is away: {why}. Try again later.
    """


def bad_token(reason: str) -> BadToken:
    """A token's refusal by its reason."""
    return BadToken(reason=reason, why=TOKEN[reason])


def sign_in_failed(reason: str) -> SignInFailed:
    """A sign-in's refusal by its reason."""
    return SignInFailed(reason=reason, why=SIGN_IN[reason])


def issuer_away(reason: str) -> IssuerAway:
    """The provider's absence by its reason."""
    return IssuerAway(reason=reason, why=AWAY[reason])
