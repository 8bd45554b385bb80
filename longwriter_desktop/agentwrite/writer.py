"""The writer: one section after another, each with all the text so far before it.

The document is the only state. The writer looks at it, does the next thing and hands back events; it
keeps nothing between calls. So going on after a pause, after an edit and after a power cut are one path.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from longwriter_desktop.agentwrite.beyond_window import View
from longwriter_desktop.agentwrite.budget import RunningCount, WordBudget
from longwriter_desktop.agentwrite.cleanup import CleanUp, ending_to_cut
from longwriter_desktop.agentwrite.copied_sentences import CopiedSentences
from longwriter_desktop.agentwrite.engine import (
    Engine,
    EngineEvent,
    Progress,
    Prompt,
    ReplyFinished,
    Sampling,
    TextChunk,
    Usage,
)
from longwriter_desktop.agentwrite.events import (
    SectionFinished,
    SectionStarted,
    SectionSummarised,
    TextCut,
    TextOmitted,
    TextWritten,
    WriterEvent,
    WritingFinished,
    WritingStarted,
)
from longwriter_desktop.agentwrite.foreign_words import ForeignWords
from longwriter_desktop.agentwrite.loop_guard import LoopGuard, sequences
from longwriter_desktop.agentwrite.next_section import after_first_words, next_section
from longwriter_desktop.agentwrite.prompts import Ask, Layout, PromptTemplates, write_prompt
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.seam import Seam
from longwriter_desktop.agentwrite.sentences import sentence_ends
from longwriter_desktop.agentwrite.stray_text import REVISION_MARKS, TURN_MARKS
from longwriter_desktop.agentwrite.summaries import sum_up, wanted_summaries
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import InputProblem, LongWriterError, PromptTooLong

_LOOPS_FORGIVEN = 2
"""After as many in a row the section goes on without the text above in view, and after as many again it ends."""
_EMPTY_FORGIVEN = 3
_COPIES_IN_ROW = 4
"""As often copied words are written anew; then the text above goes out of view, and after as many more they stay."""
_WORDS_A_COPY = 8
"""Of a section's target, for each time that its writer may write copied words anew."""
_AFTER_COPY = 48
"""Tokens that are written with other sampling after such a sentence: another sentence, and the beginning of a third."""
_AFTER_FOREIGN = 6
"""Tokens that are written without DRY where a Chinese text had an English word: the one that was meant."""
_WORDS_OUT_OF_LOOP = 100
"""Words after a cut with which the model has come out of its loop: the next one is another, and counts anew."""
_HOTTEST = 1.2
_OPENING_TOKENS = 3
_NO_LIST = tuple((text, -100.0) for text in (*"0123456789-*•[(", "**", "Here", "Sure", "This", "In", "I"))
"""Small models open every section with a list or a remark about it; a few tokens without those prevent that."""
_SHORTEST_REPLY = 12
"""Tokens before the model may end a reply, so that one that wants to end at once still writes a sentence."""
_LONGEST_REPLY = 2048
"""Tokens of one reply: room that is kept free in the context. A longer section takes several."""
_STOP_TEXTS = ("\nParagraph ", "\n段落", "\n## ", *TURN_MARKS, *REVISION_MARKS)
_NO_HEADINGS = tuple((text, -100.0) for text in ("#", "##", "###", "####"))
"""Where the document is one long reply, the writer sets the headings: a model that does ends its section too early."""
_REPLIES_AT_MOST = 12
_SENTENCES_TRIED = 8
"""How often the sentence that would make a section too long is written anew, each time with more of a push to end."""
_PUSH_TO_END = 0.5
_DRY_CHINESE = 2
"""Tokens that DRY lets pass in Chinese, where one is a character and a half: see `repetition.py` of the benchmarks."""
_SEED_LIMIT = 2**32
_GUARD_EVERY = 80
"""Characters between two looks for a loop."""

TemplatesOf = Callable[[str], PromptTemplates]


def write(  # noqa: PLR0913 - all that differs between two runs; each is given by its name
    read: Callable[[], Document],
    engine: Engine,
    templates: TemplatesOf,
    *,
    sections: Sequence[str] | None = None,
    again: bool = False,
    sampling: Sampling | None = None,
    layout: Layout = "paper",
    alone: bool = False,
) -> Generator[WriterEvent, None, None]:
    """Writes what is not written yet, or the ``sections`` of those ids; ``again`` writes finished ones anew.

    ``read`` gives the document as it stands, with all events so far recorded in it (see `record`); it is
    called afresh at each section, so edits made meanwhile count. Locked sections are left alone.
    ``templates`` gives the prompts of a language, ``layout`` how they lie (see `prompts.Layout`). ``alone``: each
    section is written from instruction and plan, without the text of the others (see `parallel`).
    Close the iterator to stop: what has been handed out stands in the document, and writing goes on from
    there at the next call.

    Raises InputProblem when there is nothing to write from, and whatever the engine raises.
    """
    sampling = sampling or Sampling()
    document = read()
    if not document.sections:
        raise InputProblem("The document has no plan yet. Make a plan first, then write.")
    if not any(section.text.strip() for section in document.sections) or not document.plan_at_start:
        yield WritingStarted(document.steps)
    usage = Usage()
    done: set[str] = set()
    left_out: tuple[int, int] | None = None
    while True:
        document = read()
        section = next_section(document, sections, again, done)
        if section is None:
            yield WritingFinished(usage)
            return
        done.add(section.id)
        fresh = again and bool(section.text.strip())
        started = SectionStarted(
            section.id,
            number=document.index(section.id) + 1,
            words=0 if fresh else section.words,
            word_target=section.word_target,
            again=fresh,
        )
        if fresh:
            section = replace(section, text="", complete=False)
            document = document.with_section(section)
        else:
            yield started
        wording = templates(document.language)
        writing = _SectionWriter(document, section, engine, wording, sampling, layout, left_out, alone)
        usage += yield from after_first_words(started, writing.run()) if fresh else writing.run()
        left_out = writing.left_out


@dataclass
class _SectionWriter:
    """Writes one section. ``text`` grows with what was handed out; ``document`` is as it was at its beginning."""

    document: Document
    section: Section
    engine: Engine
    templates: PromptTemplates
    sampling: Sampling
    layout: Layout
    left_out: tuple[int, int] | None
    """What was said last of the sections that prompts leave out."""
    alone: bool

    def __post_init__(self) -> None:
        self.text = self.section.text
        self.own_text = len(self.text)
        self.index = self.document.index(self.section.id)
        in_view = self.document.plan_alone() if self.alone else self.document
        self.view = View(in_view, self.index, self.templates, self.layout)
        self.budget = WordBudget.of(self.document, self.section.id)
        self.count = RunningCount()
        self.overlong = 0
        self.nearest = ""
        self.earlier = [each.text for each in self.document.sections[: self.index]]
        before = sequences("\n".join(self.earlier))
        self.guard = LoopGuard(self.own_text, before)
        given = (self.document.instruction, *(f"{each.heading}\n{each.main_point}" for each in self.document.sections))
        self.foreign = ForeignWords((*given, *self.earlier, self.text))
        self.copies = CopiedSentences(self.earlier, self.text, self.own_text, given)
        self.copied = self.copied_in_row = 0
        self.copies_at_most = max(12, round(self.budget.target / _WORDS_A_COPY))
        self.is_foreign = False
        self.loops = self.empty = 0
        self.out_of_view = self.alone
        self.looped_at = self.settled = 0

    def run(self) -> Generator[WriterEvent, None, Usage]:
        usage_before = self.engine.usage
        stop_reason = yield from self._replies()
        if surplus := ending_to_cut(self.text, self.own_text):
            yield self._cut(surplus)
        usage = self.engine.usage - usage_before
        yield SectionFinished(
            self.section.id,
            stop_reason=stop_reason,
            basis="" if self.alone else self.document.basis(self.section.id),
            model=self.engine.model_name,
            seed=self.sampling.seed,
            temperature=self.sampling.temperature,
            direction=self.section.direction,
            usage=usage,
        )
        return usage

    def _replies(self) -> Generator[WriterEvent, None, str]:
        """Replies until the section is long enough; returns why it ended."""
        if self.budget.enough_without_model(self.text):
            return "target"
        yield from self.view.look(self.engine, self.sampling)
        yield from self._leave_out()
        for attempt in range(_REPLIES_AT_MOST + _SENTENCES_TRIED + 2 * self.copies_at_most):
            if attempt - self.overlong - 2 * self.copied >= _REPLIES_AT_MOST:
                break
            length_before = len(self.text)
            outcome = yield from self._reply(attempt)
            is_stuck = self._is_stuck(outcome)
            if outcome == "target" or (outcome == "repetition" and is_stuck and self.out_of_view):
                return outcome
            if is_stuck and not self.out_of_view:
                yield from self._take_out_of_view()
            elif outcome in ("repetition", "overlong", "copied", "foreign") or (
                outcome == "length" and len(self.text) > length_before
            ):
                # Its last sentence was cut off, or its tokens were used up: the text goes on right there.
                continue
            elif self.budget.satisfied(self.text) or self.empty >= _EMPTY_FORGIVEN:
                return "end"
            else:
                # What came was nothing at all, or nothing but labels and the like: other sampling may help.
                self.empty = self.empty + 1 if len(self.text) == length_before else 0
                yield from self._new_paragraph()
        return "length"

    def _is_stuck(self, outcome: str) -> bool:
        """Takes note of how a reply ended; returns whether the model has looped or copied too often in a row."""
        self.overlong += outcome == "overlong"
        self.loops += outcome == "repetition"
        self.copied += outcome in ("copied", "foreign")
        self.is_foreign = outcome == "foreign"
        self.copied_in_row = self.copied_in_row + 1 if outcome == "copied" else 0
        looped = outcome == "repetition" and self.loops > _LOOPS_FORGIVEN
        return looped or self.copied_in_row >= _COPIES_IN_ROW

    def _take_out_of_view(self) -> Generator[WriterEvent, None, None]:
        """The last way out of a loop or of copies: the text above draws the model back, so the plan alone is given.

        The paragraph with the loop goes too, as far as the model wrote it, unless it is all that there is.
        """
        self.out_of_view, self.loops, self.copied_in_row = True, 1, 0
        paragraph = max(self.text.rstrip().rfind("\n\n"), self.own_text)
        if self.text[self.own_text : paragraph].strip():
            yield self._cut(len(self.text) - paragraph)
        yield from self._new_paragraph()
        self.view = View(self.document.plan_alone(), self.index, self.templates, self.layout)
        yield from self.view.look(self.engine, self.sampling)

    def _new_paragraph(self) -> Generator[WriterEvent, None, None]:
        """After a reply that ended too early: what stands is settled, more is asked for in a new paragraph."""
        self.settled = 0
        if not self.text.strip():
            return
        if surplus := ending_to_cut(self.text, self.own_text):
            yield self._cut(surplus)
        if not self.text.endswith("\n"):
            yield self._put("\n\n", 0)
        self.settled = len(self.text)

    def _reply(self, attempt: int) -> Generator[WriterEvent, None, str]:
        """One reply of the model, which goes on where the text stands; returns why it ended."""
        given = (
            *(message.content for message in self._prompt("").messages),
            *self.earlier,
        )  # A line of theirs that comes again whole is left out.
        clean_up = CleanUp(self.section.heading, self.section.main_point, self.text, given)
        join = Seam(self.text[self.settled :])
        try:
            return (yield from self._take_in(join, clean_up, attempt))
        except LongWriterError:
            # The beginning of a line is held back until it is known to be text: nothing more will come to tell.
            if rest := join.fit(clean_up.finish()):
                yield self._put(rest, 0)
            raise

    def _take_in(self, join: Seam, clean_up: CleanUp, attempt: int) -> Generator[WriterEvent, None, str]:
        guarded = len(self.text)
        tokens = 0  # of text that is held back
        with closing(self._generate(join.prefix, attempt)) as events:
            for event in events:
                seen = len(self.text)
                if isinstance(event, ReplyFinished):
                    outcome = "length" if event.reason == "length" else "end"
                    if rest := join.fit(clean_up.finish()):
                        yield self._put(rest, tokens)
                        # It may be a whole paragraph, where that began as a line of the instruction does.
                        text = self.text if outcome == "length" else f"{self.text}\n"
                        return (yield from self._judge(text, seen)) or outcome
                    return outcome
                if not isinstance(event, TextChunk):
                    yield event
                    continue
                tokens += event.tokens
                if shown := join.fit(clean_up.feed(event.text)):
                    yield self._put(shown, tokens)
                    tokens = 0
                if ended := (yield from self._judge(self.text + clean_up.gap, seen)):
                    return ended
                if len(self.text) - guarded >= _GUARD_EVERY:
                    guarded = len(self.text)
                    if (yield from self._cut_loop()):
                        return "repetition"
        return "end"

    def _judge(self, text: str, seen: int) -> Generator[WriterEvent, None, str]:
        """Ends the reply where what came behind ``seen`` is enough, too much or to be written anew; returns why, or "".

        ``text`` is the section's, with the line ends that have come behind it.
        """
        if ended := (yield from self._end(text, seen)):
            return ended
        return (yield from self._take_back(seen)) if len(self.text) > seen else ""

    def _end(self, text: str, seen: int) -> Generator[WriterEvent, None, str]:
        """Ends the section, or begins its last sentence anew, where the budget says so; returns which, or ""."""
        words = self.count.of(self.text)
        end = self.budget.end_of_section(text, seen, self.own_text, words)
        outcome = "target"
        if end is None and self.budget.is_over(words):
            # At temperature 0 the same sentence would come again.
            if self.overlong < _SENTENCES_TRIED and self.sampling.temperature > 0:
                self.nearest = self.budget.nearer(self.nearest, text, self.own_text)
                end, outcome = self.budget.start_of_overlong(text, self.own_text, self.overlong), "overlong"
            if end is None:
                end, outcome = self.budget.last_resort(text, self.own_text), "target"
        if end is None:
            return ""
        if outcome == "target" and self.overlong and self.budget.is_nearer(self.nearest, text[:end]):
            yield from self._become(self.nearest)
            return outcome
        if end < len(self.text):
            yield self._cut(len(self.text) - end)
        if outcome == "overlong" and len(self.text) <= self.settled:
            yield from self._new_paragraph()
        return outcome

    def _become(self, text: str) -> Generator[WriterEvent, None, None]:
        """Puts a text that stood here before in place of the present one."""
        pairs = enumerate(zip(self.text, text, strict=False))
        same = next((place for place, (one, other) in pairs if one != other), min(len(self.text), len(text)))
        if same < len(self.text):
            yield self._cut(len(self.text) - same)
        if text[same:]:
            yield self._put(text[same:], 0)

    def _cut_loop(self) -> Generator[WriterEvent, None, bool]:
        """Cuts the text back to before a repetition at its end; returns whether there was one."""
        loop = self.guard.look(self.text)
        if loop is None:
            return False
        yield self._cut(len(self.text) - self._end_before(loop))
        if count_words(self.text[self.looped_at :]) >= _WORDS_OUT_OF_LOOP:
            self.loops = 0
        self.looped_at = len(self.text)
        if self.loops or len(self.text) <= self.settled:
            # Other sampling alone did not help, or there is nothing to go on from: more is asked for anew.
            yield from self._new_paragraph()
        return True

    def _take_back(self, seen: int) -> Generator[WriterEvent, None, str]:
        """Cuts off words that are to be written anew; returns what was wrong with them, or ""."""
        if (yield from self._cut_copy()):
            return "copied"
        return "foreign" if (yield from self._cut_foreign(seen)) else ""

    def _cut_copy(self) -> Generator[WriterEvent, None, bool]:
        """Cuts off a sentence that is one of the text above; returns whether there was one."""
        copy = self.copies.look(self.text) if self.copied < self.copies_at_most else None
        if copy is not None and self.out_of_view and self.copied_in_row >= _COPIES_IN_ROW:
            self.copies.let_stand(self.text)
            copy = None
        if copy is None:
            return False
        yield self._cut(len(self.text) - copy)
        if len(self.text) <= self.settled:
            yield from self._new_paragraph()
        return True

    def _cut_foreign(self, seen: int) -> Generator[WriterEvent, None, bool]:
        """Cuts off an English word of a Chinese text that nobody asked for; returns whether there was one."""
        if self.document.language != "zh" or self.copied >= self.copies_at_most:
            return False
        place = self.foreign.look(self.text, max(self.own_text, self.text.rfind("\n", 0, seen)))
        if place is not None and not self.is_foreign:
            yield self._cut(len(self.text) - place)
            return True
        if place is not None:
            self.foreign.let_stand(self.text, place)
        return False

    def _generate(self, prefix: str, attempt: int) -> Generator[WriterEvent | EngineEvent, None, None]:
        """The engine's reply; leaves sections out of the text so far when the context is full."""
        sampling = self._sampling(attempt)
        while True:
            prompt = self._prompt(prefix)
            sampling = replace(sampling, max_tokens=min(sampling.max_tokens, self.view.longest_reply))
            try:
                if self.layout == "guided" and not prefix:
                    # Without the space that it may begin with: the text has none there, and what the model has
                    # read would be another beginning than that of every later prompt.
                    prefix = (yield from self._opening(prompt, sampling)).lstrip()
                    prompt = replace(prompt, reply_prefix=prompt.reply_prefix + prefix)
                yield from self.engine.generate(prompt, sampling)
            except PromptTooLong as full:
                self.view.narrow(full, prompt)
                yield from self._leave_out()
            else:
                return

    def _leave_out(self) -> Generator[Progress | TextOmitted | SectionSummarised, None, None]:
        """Says what the prompts leave out from now on, if that is news, and has it summed up."""
        before, self.left_out = self.left_out, self.view.sections_left_out
        if self.left_out is not None and self.left_out != before:
            yield TextOmitted(*self.left_out)
        for section in wanted_summaries(self.view.document, self.view.omission):
            summarised = yield from sum_up(section, self.engine, self.templates, self._sampling(0))
            yield summarised
            self.view.document = record(self.view.document, summarised, at=0.0)

    def _prompt(self, prefix: str) -> Prompt:
        """The prompt for what is missing, with ``prefix`` at the end of the reply's beginning."""
        ask = Ask(self.index, self.budget.target, written=self.text[: self.settled])
        prompt = write_prompt(self.view.document, ask, self.templates, layout=self.layout, omission=self.view.omission)
        return replace(prompt, reply_prefix=prompt.reply_prefix + prefix)

    def _opening(self, prompt: Prompt, sampling: Sampling) -> Generator[EngineEvent, None, str]:
        """The first few tokens of a section, which are not those of a list; handed out, and returned too."""
        opening = ""
        sampling = replace(
            sampling,
            max_tokens=_OPENING_TOKENS,
            min_tokens=_OPENING_TOKENS,
            logit_bias=(*sampling.logit_bias, *_NO_LIST),
        )
        for event in self.engine.generate(prompt, sampling):
            if isinstance(event, TextChunk):
                opening += event.text
            if not isinstance(event, ReplyFinished):
                yield event
        return opening

    def _sampling(self, attempt: int) -> Sampling:
        base = self.sampling
        failures = self.loops + self.empty
        hotter = 0.25 * failures + 0.2 * self.copied_in_row
        longest = _AFTER_FOREIGN if self.is_foreign else _AFTER_COPY if self.copied_in_row else _LONGEST_REPLY
        return replace(
            base,
            seed=(base.seed + 7919 * (self.index + 1) + 104_729 * attempt) % _SEED_LIMIT,
            temperature=max(base.temperature, min(_HOTTEST, base.temperature + hotter)),
            penalty_repeat=base.penalty_repeat + 0.1 * failures,
            dry_multiplier=0.0 if self.is_foreign else base.dry_multiplier,
            dry_allowed_length=self._dry_allowed_length,
            max_tokens=min(longest, self.budget.tokens_missing(self.text)),
            min_tokens=_SHORTEST_REPLY,
            stop=(*base.stop, *_STOP_TEXTS),
            logit_bias=(
                *base.logit_bias,
                *(_NO_HEADINGS if self.layout in ("continuous", "guided") else ()),
                *((text, _PUSH_TO_END * self.overlong) for text in (".", "。") if self.overlong),
            ),
        )

    @property
    def _dry_allowed_length(self) -> int:
        allowed = self.sampling.dry_allowed_length
        return min(allowed, _DRY_CHINESE) if self.document.language == "zh" else allowed

    def _end_before(self, place: int) -> int:
        """The end of the last sentence before ``place`` that the model wrote, else ``place``."""
        ends = [end for end in sentence_ends(self.text[: place + 1], self.own_text) if end <= place]
        return ends[-1] if ends else place

    def _put(self, text: str, tokens: int) -> TextWritten:
        self.text += text
        return TextWritten(self.section.id, text, tokens)

    def _cut(self, characters: int) -> TextCut:
        self.text = self.text[: len(self.text) - characters]
        self.count = RunningCount()
        self.copies.cut(len(self.text))
        return TextCut(self.section.id, characters)
