"""What an instruction names to be covered: lists in its sentences, lists of lines, and questions.

Found are only topics that are named as such ("covering A, B and C", "should include: 1. … 2. …", "从…、…等方面").
Wishes about style, form or length are none, and neither is what stands in quotation marks or in the sentences of
a story that is asked for. Where it is not plain, nothing is found: a topic too many is worse than one too few.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from longwriter_desktop.agentwrite.prompts import kind_of
from longwriter_desktop.document.counting import chinese_share, count_words

_READ_CHARACTERS = 6000
"""What stands further down in a very long instruction is material, not wishes."""
_MOST_TOPICS = 24
"""An instruction that seems to name more is mostly material."""
_LONGEST_TOPIC = 14
_LONGEST_CHINESE = 26
_LONGEST_LABEL = 8
_LONGEST_CHINESE_LABEL = 14

_QUOTED = re.compile(r"\"[^\"]{40,}\"|“[^”]{40,}”|「[^」]{40,}」")


@lru_cache(maxsize=64)
def named_topics(instruction: str) -> tuple[str, ...]:
    """The topics that ``instruction`` names to be covered, in their order; () where it names none."""
    text = _QUOTED.sub(" ", instruction[:_READ_CHARACTERS])
    fiction = kind_of(instruction) == "fiction"
    listed, rest = _lists_of_lines(text.splitlines())
    found = list(listed)
    if not fiction:
        for sentence in _sentences("\n".join(rest)):
            found += _listed_in(sentence)
        found += _questions("\n".join(rest))
    once = {" ".join(topic.casefold().split()): topic for topic in reversed(found)}
    topics = tuple(reversed(once.values()))
    return topics if len(topics) <= _MOST_TOPICS else ()


# -- what is a topic -------------------------------------------------------------------------------

_MANNER = re.compile(
    r"\b(?:should|must|please|avoid|ensure|don't|do not|make sure|words?\s+(?:long|each|count|limit)|word count|"
    r"characters|style|tone|voice|language|format(?:ted|ting)?|grammar|spelling|reader(?:s|ship)?|audience|"
    r"paragraphs?|bullet(?:s| points?)|headings?|subheadings?|title|citations?|references?|sources|bibliography|"
    r"pages?|font|first person|third person|dialogues?|clear(?:ly)?|concise(?:ly)?|engaging|detailed|"
    r"easy to|original|plagiarism)\b|\d+\s*(?:words|characters|pages|字)"
    r"|应该|应当|必须|不要|不得|不能|不少于|不超过|字数|篇幅|风格|语言|文笔|语气|语句|读者|受众|格式|标题|题目|全文|文章|"
    r"原创|通顺|流畅|生动|清晰|简洁|逻辑|引用|人称|口语|引人入胜|错别字|排版",
    re.IGNORECASE,
)
_MANNER_BEGINS = re.compile(
    r"^(?:use|keep|make|write|be|start|begin|end|give|cite|quote|add|try|do|have|ask|tell|let|say|it|you|i|we|they|there)\b|^[请用以使让]|^确保|^保证",
    re.IGNORECASE,
)
_FORMAL = frozenset(
    "a an the and or of for to with its their your his her some any more other such at least one two three four five "
    "several many also relevant specific concrete practical real personal vivid good key main following each "
    "detail details example examples introduction body conclusion opening ending beginning middle end summary "
    "section sections chapter chapters part parts point points topic topics aspect aspects content contents "
    "element elements thing things information data facts figures statistics evidence image images picture pictures "
    "table tables quote quotes quotation quotations anecdote anecdotes humour humor emojis hashtags opinion opinions "
    "reason reasons explanation explanations description descriptions text words word list lists etc everything "
    "background question questions answer answers".split()
)
_FORMAL_CHINESE = re.compile(
    r"^(?:具体|详细|相关|主要|报道|写作|内容|要求|要点|要素|细节|例子|案例|实例|数据|事实|引言|前言|开头|正文|结尾|"
    r"结论|总结|摘要|以下|如下|几个|各个|多个|方面|部分|章节|等|的|和|、|创作|类型|背景|说明|观点|建议|时间|地点|人物)+$"
)
_LEAD_IN = re.compile(
    r"^(?:(?:also|then|and|as well as|both|either|firstly?|secondly?|thirdly|finally|briefly|clearly)\s+)*"
    r"(?:(?:discuss|explain|describe|express|provide|include|mention|introduce|cover|outline|analy[sz]e|examine|"
    r"explore|address|present|summari[sz]e|identify|compare)\s+)?"
    r"(?:(?:an?|the|its|their|his|her|your|some|any)\s+)?(?:(?:detailed|brief|short)\s+)?"
    r"(?:(?:section|chapter|part|paragraph|overview|discussion|description|explanation)s?\s+(?:on|about|of|for)\s+)?"
    r"(?:(?:an?|the|its|their|his|her|your)\s+)?",
    re.IGNORECASE,
)
_CHINESE_LEAD_IN = re.compile(
    r"^(?:以及|并且|还有|包括|例如|比如|诸如|如|即|其中|首先|其次|最后|和|与)*"
    r"(?:简要|详细|重点)?(?:介绍|分析|讨论|阐述|说明|描述|解释|探讨|论述)?(?:明确|具体|详细|详尽|完整)?的?"
)
_ASIDE = re.compile(
    r"\s*(?:[(（\[【]|\s[-–—]\s|,\s+(?:including|such as|for example|e\.g\.|like|which|that|so|where|who|with|to)\b"
    r"|\sfor\s(?:grade|readers|my|our)\b|\s(?:such as|so that|in order to|which|because)\s"
    r"|，(?:如|例如|比如|包括|即|并|以|使|让|从而|特别是|尤其是))"
)


def _topic(item: str) -> str:
    """An item of a list as a topic; "" when it is no topic, or not plainly one."""
    item = _ASIDE.split(" ".join(item.split()), maxsplit=1)[0]
    item = re.sub(r"[\s,，、]*(?:\b(?:etc|and so on|and more|and|or)|等等?)[.。…]*$", "", item.strip(" \t-–—*•"))
    item = re.sub(r"\s+in\s+(?:about\s+|around\s+)?\d.*$", "", item).strip(" \t.,;:。，、；：!！\"'“”《》")
    chinese = chinese_share(item) > 0.5
    if _MANNER.search(item) or _MANNER_BEGINS.match(item):
        return ""
    item = _CHINESE_LEAD_IN.sub("", item) if chinese else _LEAD_IN.sub("", item)
    if not 0 < count_words(item) <= (_LONGEST_CHINESE if chinese else _LONGEST_TOPIC):
        return ""
    if chinese:
        return "" if _FORMAL_CHINESE.match(item) or len(item) < 2 else item
    words = re.findall(r"[^\W\d_]+", item.casefold())
    return "" if all(word in _FORMAL or len(word) < 3 for word in words) else item


def _topics(items: list[str]) -> list[str]:
    return [topic for topic in map(_topic, items) if topic]


# -- lists of lines --------------------------------------------------------------------------------

_ITEM = re.compile(
    r"^(?P<indent>\s*)(?:(?P<number>[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-h])[.)）、．:：](?!\d))|[-*•·–])\s*(?P<text>\S.*)$"
)
_LABELLED = re.compile(r"^\s*(?P<label>[^:：]{2,80}?)\s*[:：]\s*(?P<text>\S.*)$")
_NAMES_TOPICS = re.compile(
    r"\b(?:cover|includ|contain|discuss|address|explain|topics?|points|sections|chapters|aspects|contents?|outline|"
    r"elements|parts|themes|areas|subjects|structure|questions)|包括|包含|涵盖|要点|要素|内容|方面|部分|大纲|提纲|章节|主题|话题|问题",
    re.IGNORECASE,
)
_NAMES_WISHES = re.compile(
    r"\b(?:requirements?|following|as follows|about|on|describ\w+|write)\b|要求|以下|如下", re.IGNORECASE
)
_NAMES_OTHER = re.compile(
    r"\b(?:rules|style|format|tone|notes?|avoid|not)\b|不要|不得|注意|格式|风格|人物|角色|字数", re.IGNORECASE
)


_FORM_FIELD = re.compile(
    r"^(?:topic|subject|audience|readers?|length|tone|style|format|language|title|genre|setting|characters?|plot|"
    r"words?|word count|context|task|role|deadline|note|theme|keywords?|instructions?|requirements?|background|author|"
    r"date|name|from|to)$"
    r"|(?:要求|内容|事件|对象|主题|题目|类型|字数|背景|情节|人物|标题|格式|风格|角色|任务|语言|体裁|读者|注意|提示)$",
    re.IGNORECASE,
)


def _lists_of_lines(lines: list[str]) -> tuple[list[str], list[str]]:
    """The topics of lists under a line with a colon at its end, and the lines that belong to no such list."""
    topics: list[str] = []
    rest: list[str] = []
    place = 0
    while place < len(lines):
        head = lines[place].strip()
        rest.append(lines[place])
        place += 1
        if not head.endswith((":", "：")):
            continue
        head = _SENTENCE_END.split(head)[-1]
        items, after = _items_below(lines, place)
        if len(items) < 2 or _NAMES_OTHER.search(head) or any(_FORM_FIELD.search(item) for item in items):
            continue
        if _NAMES_TOPICS.search(head) or (_NAMES_WISHES.search(head) and _all_plain(items)):
            topics += _topics(items)
            place = after
    return topics, rest


def _all_plain(items: list[str]) -> bool:
    """Whether no item of a list of "requirements" is about manner or form: mixed lists are left alone."""
    return all(_topic(item) for item in items)


def _items_below(lines: list[str], start: int) -> tuple[list[str], int]:
    """The items that begin at ``start``, with their labels alone where they have them, and where the list ends."""
    marked = _first_full(lines, start) is not None and _ITEM.match(_first_full(lines, start) or "") is not None
    items: list[str] = []
    indent, place = -1, start
    while place < len(lines):
        line = lines[place]
        found = _ITEM.match(line) if marked else _LABELLED.match(line)
        label = _label(found["text"] if marked else line) if found else ""
        if line.strip() and (found is None or (not marked and not label)):
            break
        if found is not None:
            depth = len(found["indent"].expandtabs(4)) if marked else 0
            indent = depth if indent < 0 else indent
            if depth < indent:
                break
            if depth == indent:
                items.append(label or (found["text"] if marked else ""))
        place += 1
    return items, place


def _first_full(lines: list[str], start: int) -> str | None:
    return next((line for line in lines[start:] if line.strip()), None)


def _label(item: str) -> str:
    """What stands before the colon of an item, where that is short; "" where it has none."""
    found = _LABELLED.match(item)
    if found is None:
        return ""
    label = found["label"].replace("**", "").strip()
    longest = _LONGEST_CHINESE_LABEL if chinese_share(label) > 0.5 else _LONGEST_LABEL
    return label if 0 < count_words(label) <= longest else ""


# -- lists in sentences ----------------------------------------------------------------------------

_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\d\.)(?<!e\.g\.)(?<!i\.e\.)\s+|(?<=[。！？])|\n+")
_TEXT = (
    r"(?:essay|article|report|paper|text|guide|plan|proposal|speech|letter|post|thesis|introduction|description|"
    r"analysis|review|document|summary|overview|content|response|answer|newsletter|lesson|course|book|chapter|manual|"
    r"presentation|piece|study|brochure|blog|handbook|tutorial|outline|paragraph)s?"
)
_ASKS = re.compile(
    rf"\b(?:write|create|draft|compose|prepare|generate|produce|give|design|make|develop|need|want|help|{_TEXT})\b",
    re.IGNORECASE,
)
_VERB = (
    r"(?:include|cover|discuss|address|explain|mention|describe|explore|examine|analy[sz]e|deal\s+with|talk\s+about|"
    r"touch\s+(?:up)?on|focus\s+on|contain|highlight|compare)"
)
_SAID_OF_TEXT = re.compile(
    rf"\b(?:it|you|this|(?:the|your|this)\s+(?:[\w-]+\s+){{0,2}}?{_TEXT})\s+(?:should|must|needs?\s+to|has\s+to|"
    rf"have\s+to|ought\s+to|shall)\s+(?:(?:also|mainly|clearly|briefly|at\s+least|then)\s+)*{_VERB}\b\s*(?P<list>.+)$"
    rf"|^(?:(?:please|also|then|and)\s+)*(?:(?:make\s+sure|be\s+sure|remember|do\s+not\s+forget|don't\s+forget)\s+to\s+)?"
    rf"{_VERB}\b\s*(?P<list2>.+)$",
    re.IGNORECASE,
)
_WITH_TEXT = re.compile(
    r"\b(?:covering|including|discussing|addressing|explaining|exploring|examining|analy[sz]ing|comparing|"
    r"touching\s+(?:up)?on|dealing\s+with|focus(?:s?ing)\s+on|(?:that|which)\s+(?:covers|includes|discusses|explains|"
    r"addresses|deals\s+with|explores|examines)"
    r"|with\s+(?:\w+\s+)?(?:sections|chapters|parts|paragraphs)\s+(?:on|about|for|covering))\b\s*(?P<list>.+)$",
    re.IGNORECASE,
)
_ONE_SECTION = re.compile(
    r"\b(?:a|one|another)\s+(?:\w+\s+)?(?:section|chapter|part|paragraph)\s+(?:on|about|devoted\s+to|covering)\s+"
    r"(?P<one>[^,.;:]+?)(?=\s+and\s+(?:a|one|another)\s+(?:\w+\s+)?(?:section|chapter|part|paragraph)\b|[,.;:]|$)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|without|avoid|never|than|no need for)\s*(?:\w+\s+)?$|(?:不|别|勿|无需|避免)\w{0,3}$", re.IGNORECASE
)
_LIST_ENDS = re.compile(
    r"\b(?:so\s+that|in\s+order\s+to|because|while|but|although|which|who|whose|if|using|when|where|unless)\b"
    r"|\s[-–—]\s|[;.!?](?=\s|$)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"^(?:the\s+)?(?:following|these)\b[^:：]{0,40}[:：]\s*|^[:：]\s*", re.IGNORECASE)
_INLINE_NUMBER = re.compile(r"(?:^|[\s;,，；。])[(（]?\d{1,2}[.)、）．]\s*(?!\d)")

_CHINESE_ASKS = re.compile("请|写|撰|设计|文章|报告|论文|内容|方案|计划|报道|教案|应|需|须|要")
_CHINESE_CUES = (
    re.compile(r"(?:包括|包含|涵盖|覆盖|囊括)(?:以下|如下|下列)?[^：:，、。]{0,8}?[：:]?(?P<list>.+)$"),
    re.compile(
        r"从(?P<list>[^。；\n]{4,120}?)(?:等)?(?:这|几|多|若干|[二两三四五六七八九十\d]{1,2})?个?(?:方面|角度|层面|维度)"
    ),
    re.compile(r"分别(?:是|为|介绍|讨论|阐述|分析)[：:]?(?P<list>.+)$"),
    re.compile(r"围绕(?:着)?(?P<list>[^。；\n]{4,120}?)(?:等)?(?:几个|[二两三四五六七八九十\d]{1,2}个)?(?:方面|主题|内容)?(?:展开|来写|进行|撰写)"),
    re.compile(r"(?:重点|着重|侧重)于?(?:介绍|讨论|阐述|分析|解释|说明|描述|论述|探讨|写)?(?P<list>.+)$"),
)  # fmt: skip  # One cue a line.


def _sentences(text: str) -> Iterator[str]:
    for part in _SENTENCE_END.split(text):
        if part.strip():
            yield part.strip()


def _listed_in(sentence: str) -> list[str]:
    """The topics of a sentence that names some."""
    if chinese_share(sentence) > 0.5:
        return _listed_in_chinese(sentence)
    named = [each["one"] for each in _ONE_SECTION.finditer(sentence)]
    if named:
        return _topics(named)
    said = _SAID_OF_TEXT.search(sentence)
    found = (said["list"] or said["list2"]) if said else ""
    if not found and _ASKS.search(sentence):
        with_text = _WITH_TEXT.search(sentence)
        found = with_text["list"] if with_text and not _NOT.search(sentence[: with_text.start()]) else ""
    return _several(_english_items(found)) if found else []


def _several(items: list[str]) -> list[str]:
    """The topics among the items of a list.

    A single item is no list, and may be anything; a list of which most is about form is no list of topics.
    """
    topics = _topics(items) if len(items) > 1 else []
    return topics if 2 * len(topics) >= len(items) else []


def _english_items(text: str) -> list[str]:
    text = _FOLLOWING.sub("", text.strip())
    numbered = [item for item in _INLINE_NUMBER.split(text) if item.strip()]
    if len(_INLINE_NUMBER.findall(text)) > 1:
        return [item.strip(" ;,.") for item in numbered]
    text = _LIST_ENDS.split(text, maxsplit=1)[0] if text.count(";") < 2 else text.rstrip(".!?")
    if text.count(";") >= 2:
        return [re.sub(r"^\s*and\s+", "", item) for item in text.split(";") if item.strip()]
    items = [item.strip() for item in re.split(r",\s+", text) if item.strip()]
    last = items.pop() if items else ""
    if re.match(r"(?:and|or|as well as)\s", last):
        return [*items, re.sub(r"^(?:and|or|as well as)\s+", "", last)]
    halves = re.split(r"\s+(?:and|as well as)\s+", last)
    if len(halves) == 2:
        return [*items, *halves]
    return []  # Commas without "and", or one "and" too many: not plainly a list.


def _listed_in_chinese(sentence: str) -> list[str]:
    for cue in _CHINESE_CUES:
        found = cue.search(sentence)
        if found is None or not _CHINESE_ASKS.search(sentence) or _NOT.search(sentence[: found.start()]):
            continue
        topics = _several(_chinese_items(found["list"]))
        if topics:
            return topics
    return []


def _chinese_items(text: str) -> list[str]:
    text = text.strip(" 。！？!?")
    if len(_INLINE_NUMBER.findall(text)) > 1:
        return [item.strip(" ；;，。") for item in _INLINE_NUMBER.split(text) if item.strip()]
    if text.count("；") + text.count(";") > 1:
        return [item for item in re.split("[；;]", text) if item.strip()]
    text = re.split("[；;。]|等(?:方面|内容|部分|问题|情况|环节|要素|[，。]|$)", text, maxsplit=1)[0]
    items = [item.strip() for item in re.split("、" if "、" in text else "[，,]", text) if item.strip()]
    if "、" in text:
        items[-1] = re.split("[，,]", items[-1], maxsplit=1)[0]
        items[0] = re.split("[，,]", items[0])[-1]
    last = items.pop() if items else ""
    halves = re.split("以及|还有|和|与|及", last, maxsplit=1)
    if len(halves) == 2 and halves[0] and "的" not in halves[1]:
        return [*items, *halves]
    return [*items, re.sub("^(?:以及|还有|和|与|及)", "", last)]


# -- questions -------------------------------------------------------------------------------------

_QUESTION = re.compile(r"[^.!?。！？\n]{4,160}[?？]")
_REQUEST = re.compile(
    r"^\W*(?:(?:please|hi|hello)\W+)?(?:can|could|would|will|may|do|are|is it)\s+(?:you|i|we|possible)\b"
    r"|帮我|可以|能否|能不能|好吗",
    re.IGNORECASE,
)
_ASKS_ITSELF = re.compile(r"\b(?:who|what|when|where|why|which|how)\b|什么|为何|怎|如何|哪|谁|多少|是否", re.IGNORECASE)
_LONGEST_QUESTION = 20
_LONGEST_CHINESE_QUESTION = 30


def _questions(text: str) -> list[str]:
    """The questions that the text is to answer: two or more, or one that is announced."""
    found = []
    for match in _QUESTION.finditer(text):
        question = re.split("[:：]", match[0])[-1].strip(" ?？-*•\t")
        question = re.sub(r"^[(（]?\d{1,2}[.)、）]\s*", "", question)
        longest = _LONGEST_CHINESE_QUESTION if chinese_share(question) > 0.5 else _LONGEST_QUESTION
        if not _REQUEST.search(question) and _ASKS_ITSELF.search(question) and count_words(question) <= longest:
            found.append(question)
    announced = re.search(r"\b(?:answer|address)\w*\b.{0,30}\bquestions?\b|回答.{0,10}问题", text, re.IGNORECASE)
    return found if len(found) > 1 or announced else []
