"""What models write besides the text: labels, word counts, remarks about the task, marks of a chat.

Collected from replies of small and large models and from what other programs clean; in English and Chinese.
For each kind there is an expression for the whole thing, and a list of what it begins with, so that a line
which is still growing is held back no longer than it may become one.
"""

import re

TURN_MARKS = (
    "<|im_start|>",
    "<|im_end|>",
    "<|endoftext|>",
    "<|eot_id|>",
    "<|end|>",
    "<|user|>",
    "<|assistant|>",
    "[INST]",
    "[/INST]",
    "<</SYS>>",
    "### Instruction:",
    "### Response:",
)
"""Where one of these comes as plain text, the model has begun to write the person's part: the reply is over."""

REVISION_MARKS = tuple(
    f"\n{before}{version}"
    for before in ("", "In conclusion, ", "In summary, ", "Overall, ")
    for version in ("In this version, I", "In this revised version", "This revised version", "this revised version")
)
"""A model that has nothing left to tell speaks of what it has changed, and of nothing else from there on."""

_NUMERALS = "一二三四五六七八九十百两零"
_ENGLISH_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_ROMAN_NUMBERS = "i ii iii iv v vi vii viii ix x xi xii".split()
_NUMBER = rf"(?:\d+|[{_NUMERALS}]+|[ivx]+\b|(?:{'|'.join(_ENGLISH_NUMBERS)})\b)"
_BEFORE = r"^[\s#>*_•\-]*(?:\d{1,3}[.)、．]\s*)?[\s*_\[【（(「]*"
_IN_BRACKETS = r"(?:\s*[(（\[][^()（）\[\]\n]{0,24}[)）\]])"
_BEHIND = r"[\s*_\]】」）)]*"

# -- labels: taken off the beginning of a line ---------------------------------------------------------

_LABELS_ANYWHERE = (
    "main point",
    "next part",
    "next paragraph",
    "next section",
    "paragraph",
    "continuation",
    "written so far",
    "要点",
    "主要内容",
    "续写",
    "接上文",
    "正文",
    "段落",
    "下一段",
    "已写内容",
)
_LABELS_AT_FIRST = (
    "text",
    "content",
    "output",
    "response",
    "answer",
    "body",
    "draft",
    "plan",
    "instruction",
    "assistant",
    "内容",
    "回答",
    "回复",
    "输出",
    "助手",
    "写作要求",
    "规划",
)
_WHOLE_LINES_AT_FIRST = ("title", "heading", "headline", "标题", "题目")
_NUMBERED_ANYWHERE = ("paragraph", "段落")
_NUMBERED_AT_FIRST = ("section", "part", "step", "chapter", "部分", "章节")
_COUNTED_ANYWHERE, _COUNTED_AT_FIRST = "段", "(?:部分|节|章|步|小节)"


def _label(named: tuple[str, ...], numbered: tuple[str, ...], counted: str) -> str:
    number = (
        rf"(?:(?:{'|'.join(numbered)})\s*(?:#|no\.)?\s*{_NUMBER}(?:\s*(?:of|/)\s*\d+)?"
        rf"|第\s*(?:\d+|[{_NUMERALS}]+)\s*{counted})"
    )
    parted = r"(?:[:：]|[-–—](?=[^-–—\d])|\.(?=[\s*_]))"
    return (
        rf"(?:(?:{'|'.join(named)}){_IN_BRACKETS}?{_BEHIND}[:：]"
        rf"|{number}{_IN_BRACKETS}?(?:\s+\(?continued\)?)?{_BEHIND}{parted})"
    )


_ANYWHERE = _label(_LABELS_ANYWHERE, _NUMBERED_ANYWHERE, _COUNTED_ANYWHERE)
_AT_FIRST = _label(_LABELS_AT_FIRST, _NUMBERED_AT_FIRST, _COUNTED_AT_FIRST)
_REST = r"[\s*_]*"
LABEL = re.compile(f"{_BEFORE}{_ANYWHERE}{_REST}", re.IGNORECASE)
LABEL_AT_FIRST = re.compile(f"{_BEFORE}(?:{_ANYWHERE}|{_AT_FIRST}){_REST}", re.IGNORECASE)
"""Some words are labels only before any text of the section: a guide may have its steps further down."""

LABEL_ALONE = re.compile(
    rf"{_BEFORE}(?:(?:paragraph|section|part)\s*#?\s*{_NUMBER}(?:\s*(?:of|/)\s*\d+)?{_IN_BRACKETS}?"
    rf"|(?:{'|'.join(_LABELS_ANYWHERE[:6])}|续写|正文)"
    rf"|段落\s*{_NUMBER}|第\s*(?:\d+|[{_NUMERALS}]+)\s*(?:段|部分|节))(?:\s*\(?continued\)?)?{_BEHIND}[.:：]?[\s*_]*$",
    re.IGNORECASE,
)
WHOLE_LINE_AT_FIRST = re.compile(rf"{_BEFORE}(?:{'|'.join(_WHOLE_LINES_AT_FIRST)}){_BEHIND}[:：]", re.IGNORECASE)

# -- word counts: taken off the end of a line --------------------------------------------------------------

_APPROXIMATELY = ("", "about", "approximately", "approx.", "around", "roughly", "ca.", "~", "约", "大约", "共", "共计")
_UNITS = ("words", "wordstotal", "words total", "字", "个字", "词")
_SQUEEZED_UNITS = tuple(dict.fromkeys(unit.replace(" ", "") for unit in _UNITS))
_COUNT_LABELS = (
    "wordcount:",
    "wordcount-",
    "words:",
    "totalwords:",
    "totalwordcount:",
    "total:",
    "字数:",
    "总字数:",
    "字数",
)
_PLAIN = tuple(f"{about}9{unit}" for about in _APPROXIMATELY for unit in _SQUEEZED_UNITS)
_LABELLED = tuple(f"{label}{plain}" for label in _COUNT_LABELS for plain in (*_PLAIN, "9"))
_COUNTS = frozenset(
    [f"({count})" for count in (*_PLAIN, *_LABELLED)]
    + [f"-{count}" for count in _LABELLED]
    + [f"-({count})" for count in (*_PLAIN, *_LABELLED)]
)
_BARE_COUNTS = frozenset(count for count in _LABELLED if "count" in count or count.startswith(("字数", "总字数")))
_COUNT_BEGINNINGS = frozenset(count[:length] for count in (*_COUNTS, *_BARE_COUNTS) for length in range(len(count) + 1))
_ALIKE = str.maketrans("（）［］[]【】：，–—", "()()()():,--")
_SMALLEST_COUNT = 20
"""A smaller number in brackets is about something else."""


def _squeezed(text: str) -> str:
    squeezed = "".join(text.translate(_ALIKE).casefold().split()).replace("*", "").replace("_", "")
    return re.sub(r"-+", "-", re.sub(r"\d[\d,]*", "9", squeezed))


def may_become_count(text: str) -> bool:
    """Whether a text may become a word count such as "(about 200 words)" or "- Word Count: 200 words"."""
    return _squeezed(text) in _COUNT_BEGINNINGS


def is_count(text: str, *, after_sentence: bool) -> bool:
    """Whether a text is a word count. Without a bracket or a dash it is one only behind a finished sentence."""
    squeezed = _squeezed(text).rstrip(".。")
    number = "".join(re.findall(r"\d", text))
    return bool(number and int(number[:9]) >= _SMALLEST_COUNT) and (
        squeezed in _COUNTS or (after_sentence and squeezed in _BARE_COUNTS)
    )


# -- remarks: whole lines about the task -----------------------------------------------------------------

_TASK = (
    r"(?:text|paragraphs?|sections?|parts?|chapters?|continuation|article|essay|story|draft|version|rewrite|revision|"
    r"revised|completed?|answer|response|reply|output|passage|piece|content|document|outline|plan|word\ count|words)"
)
_CHINESE_TASK = r"(?:正文|段落|部分|内容|文章|续写|段|故事|版本|改写|全文|回答|规划|章节)"
_WISH = (
    r"(?:questions?|help|changes?|revisions?|adjust\w*|assist\w*|more|else|further|continue|details?|feedback|edits?|"
    r"like\ me)"
)

_REVISED = r"(?:revised|updated|expanded|improved|new|extended)"
_AGREED = r"(?:sure|certainly|of\ course|absolutely|okay|ok|great|alright|understood|got\ it|no\ problem)"
_AGREED_IN_CHINESE = r"(?:好的|好|当然可以|当然|没问题|明白了|收到)"
_HERE = r"(?:here(?:'s|’s|\ is|\ are)|below\ (?:is|are)|the\ following\ (?:is|are)|this\ is|these\ are)"
_I_WILL = r"(?:i'll|i’ll|i\ will|i'm\ going\ to|i’m\ going\ to)"
_ASKED = rf"""(?:as\ (?:asked|requested|instructed)|written|word\ (?:count|limit|target)|the\ (?:above|next)\ {_TASK}
    |this\ (?:text|section|paragraph|response|part|article|story|version))"""

_OPENINGS = rf"""
    {_AGREED}\s*[,.!:]?\s*$
  | {_AGREED}[,.!:]\s*(?:{_HERE}|{_I_WILL}|let\ me|let's|let’s)\b[^\n]{{0,120}}[.:!]\s*$
  | {_HERE}\ (?:the|a|an|your|my|another|one)\ (?:[\w'’,-]+\ ){{0,5}}?{_TASK}\b[^\n]{{0,80}}[:!]\s*$
  | (?:as\ (?:you\ )?(?:requested|asked)|continuing\ (?:from|with|on)|picking\ up\ (?:from|where))\b
        [^\n]{{0,100}}[:.]\s*$
  | (?:now,?\ )?let(?:'s|’s|\ us|\ me)\ (?:continue|proceed|move\ on|write|begin|start)\b
        [^\n]{{0,60}}\b{_TASK}\b[^\n]{{0,60}}$
  | (?:now\ |please\ )?(?:write|continue)\ (?:the|only|on|with|writing)\b[^\n]{{0,60}}\b{_TASK}\b[^\n]{{0,120}}$
  | {_I_WILL}\ (?:now\ )?(?:write|continue|provide|draft|begin|start)\b[^\n]{{0,60}}\b{_TASK}\b[^\n]{{0,60}}$
  | in\ the\ next\ {_TASK},?\ (?:{_I_WILL}|we\ will\ (?:write|continue)|we'll\ (?:write|continue))[^\n]{{0,160}}$
  | {_AGREED_IN_CHINESE}[，,。！!：:]?\s*$
  | (?:{_AGREED_IN_CHINESE}[，,。！!：:]\s*)?(?:以下|下面|接下来)(?:就?是|为|我(?:将|会)?|请看)?
        [^\n。]{{0,30}}{_CHINESE_TASK}[^\n。]{{0,10}}[:：！!]\s*$
  | {_AGREED_IN_CHINESE}[，,。！!：:][^\n]{{0,40}}(?:{_CHINESE_TASK}|写)[^\n]{{0,20}}[:：！!]\s*$
  | {_AGREED_IN_CHINESE}[，,。！!：:]\s*(?:我(?:将|会)|请看|以下|下面|这是)[^\n]{{0,60}}$
  | (?:现在|请)?(?:接着|继续|开始)(?:写|续写|撰写)[^\n]{{0,16}}{_CHINESE_TASK}[^\n]{{0,24}}$
"""
_CLOSINGS = rf"""
    (?:i\ )?(?:really\ )?hope\ (?:this|that|it|you\ find\ (?:this|it))\s
        (?:[\w'’]+\ ){{0,4}}?(?:helps?|helpful|meets?|useful|works|suits|is\ what|serves)\b[^\n]{{0,160}}$
  | (?:please\ )?let\ me\ know\b[^\n]{{0,30}}\b(?:if|what|how|whether|when)\b[^\n]{{0,160}}$
  | (?:please\ )?feel\ free\ to\ (?:ask|reach|let|modify|adjust|edit|change|customi[sz]e|use|adapt|contact|make|add
        |expand)\b[^\n]{{0,160}}$
  | if\ you\ (?:need|have|want|would\ like|require)\b[^\n]{{0,60}}\b{_WISH}\b[^\n]{{0,60}}
        \b(?:let\ me|ask|i\ can|i'm|i’m|i'd|i’d|feel\ free|tell\ me|just\ say)\b[^\n]{{0,100}}$
  | if\ you(?:'d|’d)\ like\b[^\n]{{0,60}}\b(?:me\ to|let\ me|i\ can)\b[^\n]{{0,160}}$
  | (?:would|do)\ you\ (?:like|want)\ me\ to\b[^\n]{{0,160}}$
  | is\ there\ anything\ else\ (?:i|you)\b[^\n]{{0,100}}$
  | (?:please\ )?note\ ?(?:that\ |:\ ?)(?=[^\n]*\b{_ASKED}\b)[^\n]{{0,240}}$
  | this\ {_TASK}\ (?:is\ (?:about|approximately|roughly|exactly|now)\ |has\ |contains\ |meets\ |consists\ of\ )
        [^\n]{{0,60}}\b(?:words?|requirements?)\b[^\n]{{0,60}}$
  | (?:in|throughout|with)\ (?:this|my)\ (?:{_REVISED}\ )?(?:version|draft|revision),?\ i\b[^\n]{{0,240}}$
  | (?:(?:in\ (?:conclusion|summary)|overall),?\ )?this\ (?:revised|expanded)\ (?:version|draft)\b[^\n]{{0,240}}$
  | (?:total\ )?word\ count\s*[:：=–—-][^\n]{{0,40}}$
  | (?:the\ )?end\ of\ (?:the\ )?(?:this\ )?{_TASK}(?:\ {_NUMBER})?[\s.!)\]*_]*$
  | [(\[（【*_]+\s*(?:the\ )?(?:end|continued?|to\ be\ continued|continues?|end\ of|please\ continue|insert)\b
        [^\n]{{0,60}}[)\]）】*_]+\s*$
  | to\ be\ continued\b[^\n]{{0,40}}$
  | (?:我)?希望(?:这|以上|本|能|对您|对你)[^\n]{{0,60}}(?:帮助|满意|要求|需求|参考|有用)[^\n]{{0,20}}$
  | (?:如果|若|如)(?:你|您|有|还|需)[^\n]{{0,40}}(?:请|告诉我|联系我|告知|随时|我会|我可以|为您)
        [^\n]{{0,20}}(?:告诉|联系|告知|提问|提出|继续|修改|帮)[^\n]{{0,30}}$
  | 请(?:随时)?(?:告诉我|告知|让我知道)[^\n]{{0,60}}$
  | (?:是否)?需要(?:我)?(?:继续|修改|调整)[^\n]{{0,40}}[?？]\s*$
  | 以上(?:就)?(?:是|为)[^\n]{{0,24}}(?:正文|段落|全文|改写|续写|第[^\n]{{1,4}}(?:段|部分|节))[^\n]{{0,20}}$
  | 在?(?:接下来|下一)的?{_CHINESE_TASK}?中?[，,]?(?:我会|我将|将为您|将为你|我们将继续写)[^\n]{{0,60}}$
  | [（(【\[]?\s*(?:未完待续|待续|全文完|本(?:段|节|章|部分)(?:完|结束))[^\n]{{0,12}}$
  | [（(【\[—\-\s]+(?:完|续|终|剧终|续写完毕?)\s*[）)】\]—\-\s]+$
  | [（(【\[]?(?:全文|本段|本节|本文)?(?:共|总?字数)\s*[:：]?\s*约?\s*\d+\s*(?:个?字)?[）)】\]。.]*\s*$
"""
_MARKS = r"^[\s#>*_•-]*"
REMARK = re.compile(rf"{_MARKS}(?:{_OPENINGS}|{_CLOSINGS})", re.IGNORECASE | re.VERBOSE)
"""A whole line that is about the task and no text."""
CLOSING_SENTENCE = re.compile(rf"(?:{_CLOSINGS})", re.IGNORECASE | re.VERBOSE)
"""The last sentence of a paragraph that is about the task."""
RULE = re.compile(r"^\s*(?:[-*_=~]\s*){3,}$")
SCENE_BREAK = re.compile(r"^\s*(?:\*\s*){3,}$|^\s*⁂\s*$")
FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})\s*([\w+#-]*)\s*$")

_REMARK_BEGINNINGS = """
sure|certainly|of course|absolutely|okay|ok,|ok!|great,|great!|alright|understood|got it|no problem|here's the
here's a|here's your|here is the|here is a|here is your|here is my|here is another|here are the|here are your
below is|below are|the following is|the following are|this is the|this is a|this is your|these are the
as requested|as you requested|as asked|continuing from|continuing with|continuing on|picking up from
picking up where|now let|now, let|let's continue|let's proceed|let's move|let's write|let's begin|let's start
let us continue|let us proceed|let us move|let us write|let us begin|let me continue|let me write|let me know
now write|now continue|please write|please continue|please let|please feel|please note|write the|write only
write on|continue the|continue with|continue writing|i'll write|i'll continue|i'll provide|i'll now|i'll draft
i will write|i will continue|i will provide|i will now|i will draft|i will begin|i will start|i'll begin
i'll start|i'm going to|in the next|i hope this|i hope that|i hope it|i hope you find|i really hope|hope this
hope that|hope it|feel free to|if you need|if you have|if you want|if you would like|if you'd like
if you require|would you like me|do you want me|would you want me|do you like me|is there anything else|note:
note that|note this|this text|this paragraph|this section|this part|this chapter|this article|this essay
this story|this draft|this version|in this version|in this draft|in this revised|in this updated|in this expanded
this revised|this expanded|throughout my revised|throughout this revised|in conclusion, this revised
in summary, this revised|overall, this revised|this response|this answer|this passage|this piece|this content
this document
total word|word count|the end|end of|end|to be continued|continue|continued|insert|好的|好,|好。|好!|当然可以
当然,|没问题|明白了|收到|以下|下面|接下来|现在接着|现在继续|现在开始写|接着写|接着续写|接着撰写|继续写|继续续写|继续撰写|开始写|请接着|请继续|请开始|我希望|希望这|希望以上
希望本|希望能|希望对|如果你|如果您|如果有|如果还|如果需|若你|若您|若有|若需|如有|如需|如您|如还|请告诉我|请告知|请让我|请随时|是否需要|需要我|需要继续|需要修改|需要调整
以上就是|以上是|以上为|以上就为|在接下来|在下一|下一|未完待续|待续|全文|本段|本节|本章|本部分|本文共|本文字|完|续|终|剧终|共|字数|总字数
"""
"""Parted by bars and line ends."""


def folded(text: str) -> str:
    """A line's beginning as it is compared: without marks and letter case, all numbers as the same one."""
    bare = re.sub(r"^[\s#>*_•\-=~|(（\[【「—]+", "", text)
    bare = re.sub(r"^\d{1,3}[.)、．]\s*[*_]*", "", bare)
    bare = bare.casefold().replace("’", "'").translate(str.maketrans("，！：", ",!:"))
    return re.sub(rf"\s+|\d+|[{_NUMERALS}]+", lambda match: " " if match[0].isspace() else "9", bare)


_LABEL_BEGINNINGS = (
    *_LABELS_ANYWHERE,
    *_LABELS_AT_FIRST,
    *(f"{word} 9" for word in (*_NUMBERED_ANYWHERE, *_NUMBERED_AT_FIRST)),
    *(f"{word}9" for word in (*_NUMBERED_ANYWHERE, *_NUMBERED_AT_FIRST)),
    *(f"{word} #9" for word in (*_NUMBERED_ANYWHERE, *_NUMBERED_AT_FIRST)),
    *(
        f"{word} {number}"
        for word in ("paragraph", "section", "part", "step", "chapter")
        for number in (*_ENGLISH_NUMBERS, *_ROMAN_NUMBERS)
    ),
    *(f"第9{word}" for word in ("段", "部分", "节", "章", "步", "小节")),
)
_LONGEST_LABEL, LONGEST_REMARK, LONGEST_HEADING = 48, 240, 240
_HELD_FOR = (
    {folded(phrase): _LONGEST_LABEL for phrase in _LABEL_BEGINNINGS}
    | dict.fromkeys(_WHOLE_LINES_AT_FIRST, _LONGEST_LABEL)
    | {folded(phrase): LONGEST_REMARK for phrase in _REMARK_BEGINNINGS.strip().replace("\n", "|").split("|")}
)
"""What a label or a remark begins with, and for how many characters the line is then held back."""
_BEGINNINGS = frozenset(phrase[:length] for phrase in _HELD_FOR for length in range(len(phrase) + 1))
_LONGEST_PHRASE = max(map(len, _HELD_FOR))


def may_become_stray(line: str) -> bool:
    """Whether the beginning of a line may become a label, a remark, a word count, a rule or a fence."""
    bare = folded(line)
    if bare in _BEGINNINGS:
        return len(line) <= LONGEST_REMARK
    if re.match(r" {0,3}(?:```|~~~)[\w+#-]*\s*$", line) or may_become_count(line):
        return True
    return any(
        len(line) <= longest
        for length in range(1, min(len(bare), _LONGEST_PHRASE) + 1)
        if (longest := _HELD_FOR.get(bare[:length])) and not _goes_on_as_word(bare, length)
    )


def _goes_on_as_word(text: str, place: int) -> bool:
    return (
        text[place - 1].isascii() and text[place - 1].isalpha() and text[place].isalpha()
        if place < len(text)
        else False
    )
