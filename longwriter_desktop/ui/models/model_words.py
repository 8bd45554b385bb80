"""What is said of a model in the person's language: its verdict, its speed, its languages, where it was found.

The verdicts, reasons and sources are `models.fit`'s; what they are in English is compared elsewhere, so they are
turned into the person's language only here.
"""

from longwriter_desktop.models.expected_speed import LONG_DOCUMENT_WORDS
from longwriter_desktop.models.fit import document_time, speed_words
from longwriter_desktop.models.listing import LANGUAGE_NAMES
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, shown, translate

_VERDICTS = {
    "fits": QT_TRANSLATE_NOOP("ModelWords", "fits"),
    "slow": QT_TRANSLATE_NOOP("ModelWords", "slow"),
    "too large": QT_TRANSLATE_NOOP("ModelWords", "too large"),
}
_VERDICT_SENTENCES = {
    "fits": QT_TRANSLATE_NOOP("ModelWords", "Fits this computer"),
    "slow": QT_TRANSLATE_NOOP("ModelWords", "Will be slow here"),
    "too large": QT_TRANSLATE_NOOP("ModelWords", "Too large for this computer"),
}
_RECOMMENDED = QT_TRANSLATE_NOOP("ModelDelegate", "recommended")
_RECOMMENDED_BUT_SLOW = QT_TRANSLATE_NOOP("ModelDelegate", "best choice here")
_PLACES = {
    "models folder": QT_TRANSLATE_NOOP("ModelWords", "models folder"),
    "Hugging Face cache": QT_TRANSLATE_NOOP("ModelWords", "Hugging Face cache"),
    "your folder": QT_TRANSLATE_NOOP("ModelWords", "your folder"),
}
_LANGUAGES = {
    "en": QT_TRANSLATE_NOOP("ModelWords", "English"),
    "zh": QT_TRANSLATE_NOOP("ModelWords", "Chinese"),
    "de": QT_TRANSLATE_NOOP("ModelWords", "German"),
    "fr": QT_TRANSLATE_NOOP("ModelWords", "French"),
    "es": QT_TRANSLATE_NOOP("ModelWords", "Spanish"),
    "ja": QT_TRANSLATE_NOOP("ModelWords", "Japanese"),
}
_TIMES = {
    "minutes": (
        QT_TRANSLATE_NOOP("ModelWords", "about {time} minutes"),
        QT_TRANSLATE_NOOP("ModelWords", "{shortest} to {longest} minutes"),
    ),
    "hours": (
        QT_TRANSLATE_NOOP("ModelWords", "about {time} hours"),
        QT_TRANSLATE_NOOP("ModelWords", "{shortest} to {longest} hours"),
    ),
}
_GOOD_FOR = (
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Long documents of 10,000 words and more, which it was trained to write; a usual balance of size and quality.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Long documents, a little closer to the original than Q4_K_M, for a larger file and slower writing.",
    ),
    QT_TRANSLATE_NOOP("Catalogue", "Long documents on computers with memory to spare: close to the original."),
    QT_TRANSLATE_NOOP("Catalogue", "Long documents on a large graphics processor: as good as the original."),
    QT_TRANSLATE_NOOP("Catalogue", "Long documents where Q4_K_M is just too large."),
    QT_TRANSLATE_NOOP("Catalogue", "Long documents with the least memory of the LongWriter files."),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Long documents in Chinese or English; its memory of the text takes a third of what LongWriter 8B's takes.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Documents in English or Chinese on smaller laptops; strong for its size, not trained for very long texts.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Documents in English or Chinese where memory is short: a long text takes less than half of what it takes in "
        "models of its size.",
    ),
    QT_TRANSLATE_NOOP("Catalogue", "Factual documents in English on smaller laptops."),
    QT_TRANSLATE_NOOP("Catalogue", "Documents in English on laptops with little free memory."),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "First drafts in English or Chinese on old laptops with 4 GB of memory; what it claims needs checking.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue", "Trying the app out: small and fast on any computer; what it writes is not for use."
    ),
)
"""What the shipped models.toml says, for the tools of the translation; a test compares the two."""


def good_for_words(sentence: str) -> str:
    """What the catalogue says a model is good for."""
    return translate("Catalogue", sentence) if sentence else ""


def verdict_words(verdict: str) -> str:
    """One or two words: "fits", "too large"; "" for no verdict."""
    return translate("ModelWords", _VERDICTS[verdict]) if verdict in _VERDICTS else verdict


def verdict_sentence(verdict: str, why: str) -> str:
    """The verdict with its reason: "Fits this computer: needs 6.9 GB, 12.0 GB free."."""
    told = translate("ModelWords", _VERDICT_SENTENCES[verdict]) if verdict in _VERDICT_SENTENCES else verdict
    if not why:
        return translate("ModelWords", "{verdict}.").format(verdict=told)
    return translate("ModelWords", "{verdict}: {reason}.").format(verdict=told, reason=why.rstrip(".。"))


def reason_words(reason: str, words_a_minute: tuple[int, int] | None = None, source: str = "") -> str:
    """A reason of `models.fit`, clause by clause; the speed in it is said as everywhere else."""
    pace = f"{speed_words(words_a_minute)}, {source}" if words_a_minute is not None else ""
    clauses = [
        sourced(pace_words(words_a_minute), source) if clause == pace else shown(clause)
        for clause in reason.split("; ")
    ]
    return translate("ModelWords", "; ").join(clauses)


def sourced(figure: str, source: str) -> str:
    """A figure and where it comes from: "about 440 words a minute, measured here with this model"."""
    if not source:
        return figure
    return translate("ModelWords", "{figure}, {source}").format(figure=figure, source=shown(source))


def pace_words(words_a_minute: tuple[int, int] | None) -> str:
    """How fast it writes a long document: "60 to 130 words a minute on average"; "" when that is not known."""
    if words_a_minute is None:
        return ""
    least, most = words_a_minute
    if least == most:
        return translate("ModelWords", "about {pace} words a minute on average").format(pace=f"{least:,}")
    form = translate("ModelWords", "{least} to {most} words a minute on average")
    return form.format(least=f"{least:,}", most=f"{most:,}")


def long_time_words(words_a_minute: tuple[int, int]) -> str:
    """How long 10,000 words take, as `models.fit.long_document_words` says it in English."""
    time = document_time(words_a_minute)
    if time.is_one_minute:
        return translate("ModelWords", "about a minute")
    about, between = _TIMES[time.unit]
    form = translate("ModelWords", about if time.shortest == time.longest else between)
    return form.format(time=time.shortest, shortest=time.shortest, longest=time.longest)


def long_document_sentence(words_a_minute: tuple[int, int], source: str) -> str:
    """Such as "10,000 words take about 40 minutes, measured here with this model."."""
    form = translate("ModelWords", "{words} words take {time}.")
    return form.format(words=f"{LONG_DOCUMENT_WORDS:,}", time=sourced(long_time_words(words_a_minute), source))


def sentences(*parts: str) -> str:
    """Sentences one after another; those that are "" are left out."""
    first, *others = [part for part in parts if part] or [""]
    for each in others:
        first = translate("ModelWords", "{first} {second}").format(first=first, second=each)
    return first


def place_words(place: str) -> str:
    """Where a file was found: a program's own name, or which folder."""
    return translate("ModelWords", _PLACES[place]) if place in _PLACES else place


def language_words(languages: tuple[str, ...], most: int = 0) -> str:
    """The names of languages; with ``most``, no more than the first so many."""
    names = [_language_name(each) for each in languages]
    more = len(names) - most if most else 0
    listed = translate("ModelWords", ", ").join(names[:most] if more > 0 else names)
    if more <= 0:
        return listed
    return translate("ModelWords", "{languages} and {count} more").format(languages=listed, count=more)


def _language_name(code: str) -> str:
    if code in _LANGUAGES:
        return translate("ModelWords", _LANGUAGES[code])
    return LANGUAGE_NAMES.get(code, code)


def number_words(parameters: int) -> str:
    """How many parameters, for a person: "8 billion", "1.5 billion", "135 million"."""
    if parameters >= 995e6:
        return translate("ModelWords", "{number} billion").format(number=f"{parameters / 1e9:.2g}")
    return translate("ModelWords", "{number} million").format(number=f"{parameters / 1e6:.3g}")


def as_sentence(text: str) -> str:
    """With a capital letter at the beginning and one full stop at the end."""
    if not text:
        return ""
    return translate("ModelWords", "{sentence}.").format(sentence=f"{text[:1].upper()}{text[1:]}".rstrip(".。"))


def recommended_word(verdict: str) -> str:
    """How the recommended model is marked; of a slow one it is said that it is the best choice all the same."""
    return translate("ModelDelegate", _RECOMMENDED_BUT_SLOW if verdict == "slow" else _RECOMMENDED)
