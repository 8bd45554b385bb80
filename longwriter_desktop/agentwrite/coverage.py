"""Whether a plan covers what its instruction names to be covered.

A topic is taken up by a line that shares enough of its words: their stems, or in Chinese pairs of characters,
with usual other words for the same ("drawbacks" for "disadvantages") counted as one. It is judged kindly: a topic
that somebody would find in the plan shall not be called missed.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from longwriter_desktop.agentwrite.named_topics import named_topics
from longwriter_desktop.document.counting import chinese_share

_ENOUGH, _ENOUGH_OF_LONG, _ENOUGH_CHINESE = 0.5, 0.4, 0.3
_LONG = 5
_ENOUGH_IN_ALL = 0.8
"""Shares of a topic's words: in one line, and in all lines together."""
_LONGEST_STEM = 6


_CLOSING_STANDS_IN = 40
_CLOSING = re.compile(
    r"\b(?:conclu(?:de|des|ding|sion)|closing|summ(?:ary|ing up|ari[sz]es?)|epilogue|outlook)\b"
    r"|结论|结语|结束语|结尾|总结|小结|展望|尾声",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The topics that an instruction names, and those of them that no line of the plan takes up, in their order."""

    named: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """The share of the named topics that are covered, 0.0 to 1.0; None where none are named."""
        return 1 - len(self.missed) / len(self.named) if self.named else None


def coverage(instruction: str, lines: Sequence[str], texts: Sequence[str] = ()) -> Coverage:
    """How the ``lines`` of a plan cover what ``instruction`` names.

    ``texts`` are texts that are written already: a topic that stands in one is not missed. Topics in another
    language than that of the lines are left out, for they cannot be compared.
    """
    lines = [line for line in lines if line.strip()]
    named = (
        topics_in_language(instruction, chinese=_is_chinese(" ".join(lines))) if lines else named_topics(instruction)
    )
    missed = missed_topics(named, lines)
    if missed and texts:
        folded = [text.casefold() for text in texts]
        missed = tuple(topic for topic in missed if not stands_in_any(topic, folded))
    return Coverage(named, missed)


def topics_in_language(instruction: str, *, chinese: bool) -> tuple[str, ...]:
    """The topics that ``instruction`` names in Chinese, or those that it names in another language."""
    return tuple(topic for topic in named_topics(instruction) if _is_chinese(topic) == chinese)


def missed_topics(topics: tuple[str, ...], lines: Sequence[str]) -> tuple[str, ...]:
    """Those of ``topics`` that none of ``lines`` takes up, nor all of them together."""
    have = [_words(line) for line in lines]
    return tuple(
        topic
        for topic, wanted in zip(topics, _distinct(topics), strict=True)
        if wanted and not _is_covered(wanted, have, _is_chinese(topic))
    )


def stands_in_any(topic: str, texts: Sequence[str]) -> bool:
    """Whether enough of a topic's words stand in one of ``texts``, in lower case; a quick look, and a kind one."""
    parts = _pairs_of(topic) if _is_chinese(topic) else [_stem(word) for word in _content_words(topic)]
    return any(sum(part in text for part in parts) >= _ENOUGH * len(parts) for text in texts)


def best_line(topic: str, lines: Sequence[str]) -> int | None:
    """The place of the line that has most in common with ``topic``; None where none has anything."""
    wanted = _words(topic)
    shared = [len(wanted & _words(line)) for line in lines]
    return shared.index(max(shared)) if any(shared) else None


def with_topic(line: str, topic: str) -> str:
    """A main point that takes up ``topic`` as well."""
    if _is_chinese(line or topic):
        return "；".join(filter(None, (line.rstrip(" .;；。"), topic)))
    return "; ".join(filter(None, (line.rstrip(" .;；。"), topic)))


def is_closing(line: str) -> bool:
    """Whether a main point is the close of a text, which nothing should follow."""
    return _CLOSING.search(line[:_CLOSING_STANDS_IN]) is not None


def _is_chinese(text: str) -> bool:
    return chinese_share(text) > 0.5


def _is_covered(wanted: frozenset[str], have: Sequence[frozenset[str]], chinese: bool) -> bool:
    enough = _ENOUGH_CHINESE if chinese else _ENOUGH_OF_LONG if len(wanted) >= _LONG else _ENOUGH
    best = max((len(wanted & words) for words in have), default=0)
    in_all = len(wanted & frozenset().union(*have))
    return best >= enough * len(wanted) or in_all >= _ENOUGH_IN_ALL * len(wanted)


def _distinct(topics: tuple[str, ...]) -> list[frozenset[str]]:
    """The words of each topic without those of three topics or more, as "teaching" in "teaching aims"."""
    words = [_words(topic) for topic in topics]
    often = {word for word, count in Counter(itertools.chain.from_iterable(words)).items() if count > 2}
    return [own - often or own for own in words]


# -- words -----------------------------------------------------------------------------------------

_LATIN_WORD = re.compile(r"[^\W\d_\u4e00-\u9fff]+(?:['’][a-z]+)?|\d+")
_CHINESE_RUN = re.compile("[\u4e00-\u9fff]+")
_STOP = frozenset(
    "a an and are as at be been between both but by can could did do does done for from had has have he her his how "
    "if in into is it its many may might more most much must my no nor not of on one onto or our over own per shall "
    "she should so some such than that the their them then there these they this those to too under up upon us via "
    "was we were what when where which while who whom whose why will with would you your about after all also among "
    "any because before being during each either every other out through until well within without".split()
)
_WEAK = frozenset(
    "aspect chapter concept content discussion element example general idea important introduction issue key main "
    "matter overview part point role section thing topic various word words".split()
)
"""Words that say little of what a topic is about; they count only where there are no others."""
_CHINESE_STOP = re.compile("[的了和与及或在是对为等中其从以于之所将把被也都并而着过个这那有就到上下里内]")

_SAME = (
    "advantage benefit pro strength upside gain merit",
    "disadvantage drawback con weakness downside limitation shortcoming",
    "aim goal objective purpose intention",
    "application use using usage practice",
    "beginning history origin past root",
    "cause reason",
    "challenge difficulty hurdle obstacle problem",
    "conclusion closing summary",
    "consequence effect impact influence outcome result",
    "cost expense money price fee budget",
    "danger hazard risk threat",
    "definition meaning",
    "future outlook prospect tomorrow forecast",
    "importance significance relevance",
    "kind type form category",
    "measure remedy solution fix",
    "method technique approach strategy",
    "nutrition diet food",
    "schedule timetable timeline plan",
    "suggestion recommendation advice tip",
    "thank thankful gratitude grateful",
    "worker employee staff",
)
_SAME_CHINESE = (
    "优点 优势 好处 长处 益处",
    "缺点 劣势 不足 局限 短板 弊端",
    "目标 目的 宗旨",
    "应用 运用 用途",
    "历史 沿革 由来 起源 渊源",
    "原因 成因 起因",
    "挑战 困难 难点 难题 困境",
    "结论 总结 结语 小结",
    "影响 后果 效应",
    "成本 费用 花费 支出 开销",
    "风险 危险 隐患",
    "定义 含义 概念 内涵",
    "未来 前景 展望 趋势 将来",
    "意义 重要性 价值",
    "类型 种类 分类",
    "措施 对策 办法 策略 方法",
    "建议 意见 忠告",
    "案例 实例 例子",
    "特点 特征 特色",
    "现状 状况 现况",
)
_ENDINGS = tuple(
    (
        "isations izations ications isation ization ication ational fulness ousness iveness ations ation ements ments "
        "ement ment ating ates ated ate ities ity ically ical ally ings ing ions ion ers er ors or ies ied ively ives "
        "ive ances ance ences ence ants ant ents ent ness ists ist isms ism als al ous ful less able ible ics ic "
        "ly ed es"
    ).split()
)
_LEAST_STEM = 4


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """What forms of one word have in common: "application", "applied" and "apply" are all "appl"."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    ending = next((each for each in _ENDINGS if word.endswith(each) and len(word) - len(each) >= _LEAST_STEM), "")
    word = word[: len(word) - len(ending)]
    if len(word) > _LEAST_STEM and word[-1] in "eyi":
        word = word[:-1]
    return word[:_LONGEST_STEM]


_ONE_OF_SAME = {_stem(word): group.split()[0] for group in _SAME for word in group.split()}
_CHINESE_OF_SAME = {word: group.split()[0] for group in _SAME_CHINESE for word in group.split()}
_CHINESE_SAME_WORD = re.compile("|".join(sorted(_CHINESE_OF_SAME, key=len, reverse=True)))


def _content_words(text: str) -> list[str]:
    """The words of a text that say what it is about, in lower case, with the weak ones only where it has no others."""
    found = [word.partition("'")[0].partition("’")[0] for word in _LATIN_WORD.findall(text.casefold())]
    content = [word for word in found if word not in _STOP and (len(word) > 1 or word.isdigit())]
    return [word for word in content if word not in _WEAK and word.removesuffix("s") not in _WEAK] or content


def _pairs_of(text: str) -> list[str]:
    """The pairs of neighbouring Chinese characters in a text that stand in no pause and around no small word."""
    runs = (part for run in _CHINESE_RUN.findall(text) for part in _CHINESE_STOP.split(run))
    return [first + second for run in runs for first, second in itertools.pairwise(run)]


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    """What a topic or line is compared by."""
    latin = {_ONE_OF_SAME.get(stem, stem) for stem in map(_stem, _content_words(text))}
    usual = _CHINESE_SAME_WORD.sub(lambda word: _CHINESE_OF_SAME[word[0]], text)
    return frozenset(latin | set(_pairs_of(usual)))
