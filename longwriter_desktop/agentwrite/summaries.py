"""Summaries of sections, which stand in prompts that have no room for the sections themselves.

The model makes each once; it is kept in the document with the fingerprint of the text that it was made from, and
made anew when that has changed. A summary that the person wrote is never replaced.
"""

import re
from collections.abc import Generator
from dataclasses import dataclass, replace

from longwriter_desktop.agentwrite.cleanup import CleanUp
from longwriter_desktop.agentwrite.engine import Engine, Progress, Prompt, Sampling, TextChunk
from longwriter_desktop.agentwrite.events import SectionSummarised
from longwriter_desktop.agentwrite.prompts import Omission, PromptTemplates, summary_message
from longwriter_desktop.agentwrite.sentences import ends_sentence, sentence_ends
from longwriter_desktop.document.counting import count_words, word_spans
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, text_fingerprint
from longwriter_desktop.errors import PromptTooLong

SUMMARY_WORDS = {"en": 30, "zh": 50}
_COOLEST = 0.3
_TOKENS_A_WORD = 3
_SPARE_TOKENS = 32
_SHORTEST_REPLY = 8
_SHORTEST_PIECE = 400
"""Characters. A text as short as that does not become shorter by being summed up in two pieces."""
_LONGEST_WORD = 12
"""Characters a word; more than that are no words."""
_WORD = re.compile("[^\\W\\d_\u4e00-\u9fff]{4,}")
_PAIR = re.compile("(?=([\u4e00-\u9fff]{2}))")
_LEAST_KNOWN = 0.4
"""Of a summary's terms, those that stand in the text: words of four letters and more, pairs of Chinese characters."""
_LABEL = re.compile(r"^\W*(?:(?:in\s+)?(?:summary|short)\s*[:：,]|(?:摘要|概括|总结|概述)\s*[:：])\s*", re.IGNORECASE)


def wanted_summaries(document: Document, omission: Omission | None) -> tuple[Section, ...]:
    """The sections whose summaries a prompt would show, and which have none of their present text."""
    if omission is None:
        return ()
    first = max(omission.first, omission.told)
    return tuple(section for section in document.sections[first : omission.end] if section.lacks_summary)


def sum_up(
    section: Section, engine: Engine, templates: PromptTemplates, sampling: Sampling
) -> Generator[Progress, None, SectionSummarised]:
    """Has the model sum up a section's text; a text that its context has no room for, in pieces.

    Where what the model says is hardly about the text, the text's own first words stand for it. Raises whatever
    the engine raises, but not PromptTooLong.
    """
    words = SUMMARY_WORDS[templates.language]
    asked = _Summing(engine, templates, words, replace(sampling, temperature=min(sampling.temperature, _COOLEST)))
    text = section.text.strip()
    summary = yield from asked.sum_up(text)
    if not _is_about(summary, f"{section.main_point} {text}"):
        summary = shortened(text, words) or " ".join(section.main_point.split()) or "…"
    return SectionSummarised(section.id, summary, text_fingerprint(section.text))


@dataclass(frozen=True, slots=True)
class _Summing:
    engine: Engine
    templates: PromptTemplates
    words: int
    sampling: Sampling

    def sum_up(self, text: str) -> Generator[Progress, None, str]:
        """The text in at most so many words; "" when the model does not get there."""
        try:
            return (yield from self._asked(text))
        except PromptTooLong:
            if len(text) < _SHORTEST_PIECE:
                return ""
        one, other = _halves(text)
        first = yield from self.sum_up(one)
        second = yield from self.sum_up(other)
        both = f"{first} {second}".strip()
        if count_words(both) <= self.words or 2 * len(both) > len(text):
            return shortened(both, self.words)
        return (yield from self.sum_up(both))

    def _asked(self, text: str) -> Generator[Progress, None, str]:
        prompt = Prompt((summary_message(text, self.words, self.templates),))
        sampling = replace(
            self.sampling,
            max_tokens=_TOKENS_A_WORD * self.words + _SPARE_TOKENS,
            min_tokens=_SHORTEST_REPLY,
        )
        reply = ""
        events = self.engine.generate(prompt, sampling)
        try:
            for event in events:
                if isinstance(event, TextChunk):
                    reply += event.text
                elif isinstance(event, Progress):
                    yield event
        finally:
            if isinstance(events, Generator):
                events.close()
        clean_up = CleanUp("", "", "")
        return shortened(clean_up.feed(reply) + clean_up.finish(), self.words)


def shortened(reply: str, words: int) -> str:
    """A reply as a summary: one line without a label, at most so many words, ended with a sentence where it can be."""
    text = _LABEL.sub("", " ".join(reply.split())).strip(' "“”[]*#')[: _LONGEST_WORD * words]
    spans = word_spans(text)
    most = spans[words][0] if len(spans) > words else len(text)
    if most == len(text) and ends_sentence(text):
        return text
    ends = [end for end in sentence_ends(f"{text}\n") if end <= most and ends_sentence(text[:end])]
    if ends:
        return text[: ends[-1]].strip()
    cut = text[:most].rstrip(" ,;:，；：、-–—(（")
    return f"{cut}…" if cut else ""


def _is_about(summary: str, text: str) -> bool:
    """Whether a summary speaks of what the text speaks of: the smallest models also say something else."""
    terms, known = _terms(summary), set(_terms(text))
    return bool(terms) and sum(term in known for term in terms) >= _LEAST_KNOWN * len(terms)


def _terms(text: str) -> list[str]:
    return [*(word.casefold() for word in _WORD.findall(text)), *_PAIR.findall(text)]


def _halves(text: str) -> tuple[str, str]:
    """The text in two, at the end of the sentence that is nearest to its middle."""
    middle = len(text) // 2
    ends = [end for end in sentence_ends(text) if 0 < end < len(text)]
    place = min(ends, key=lambda end: abs(end - middle), default=middle)
    if abs(place - middle) > len(text) // 4:
        place = middle
    return text[:place].strip(), text[place:].strip()
