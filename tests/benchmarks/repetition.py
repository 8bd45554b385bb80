"""Compares sampling settings by how much a model repeats itself, with the loop guard and without.

    python tests/benchmarks/repetition.py MODEL.gguf [--texts guide,story,zh] [--sections 6] [--words 250]
        [--dry 0,0.8] [--allowed 2,3] [--last 1024,8192] [--most 4,inf] [--penalty 1.0,1.1] [--temperature 0.5]
        [--guard on,off] [--seeds 1,2] [--layout guided] [--out ROWS.jsonl]

Every combination of the lists is measured; what is left out keeps the app's own value. The plans are given, so rows
differ in the settings alone; the story's sections ("the second encounter") tempt a model to write the first one again.
With the guard, sections are written as the app writes them; without, each is one reply in the same layout, cleaned up
and otherwise left as it came. *repeat*: share of eight-word sequences that stood in the text before; *distinct*:
different words among all; *foreign*: words in the other language's letters; *spoilt*: of a thousand English words, how
many are two of the same text written as one, begin a sentence small or have capitals in their middle; *loops*: with the
guard replies that were cut and begun anew, without it sections in which a loop would have been found; *alike*: sections
that repeat an earlier one almost word for word; *±10 %*: sections within a tenth of their target. With --out, rows are
added to a file, and those that it has are not measured again.
"""

import argparse
import itertools
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from typing_extensions import override

from longwriter_desktop.agentwrite.cleanup import CleanUp, ending_to_cut
from longwriter_desktop.agentwrite.engine import Engine, EngineEvent, Prompt, Sampling, TextChunk
from longwriter_desktop.agentwrite.loop_guard import find_loop, repeated_share, sequences
from longwriter_desktop.agentwrite.near_duplicates import near_duplicates
from longwriter_desktop.agentwrite.prompts import Ask, Layout, PromptTemplates, write_prompt
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.stray_text import TURN_MARKS
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.document.counting import chinese_share, word_spans
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates
from tests.benchmarks.engine_wrapper import EngineWrapper

PLANS = {
    "guide": (
        "Write a guide to restoring old furniture at home",
        (
            "Choosing a piece: what to look for at markets, and what is too far gone",
            "Taking stock: wood, joints, earlier repairs and old finishes",
            "Tools and workplace: what is needed, what can be borrowed, dust and fumes",
            "Cleaning and stripping: from soap and water to scrapers and solvents",
            "Repairing: loose joints, missing veneer, cracks and woodworm",
            "Finishing: oil, shellac, wax and paint, and which suits what",
            "Upholstery for beginners: webbing, horsehair and the first seat",
            "Keeping it well: light, damp, heating and everyday use",
        ),
    ),
    "story": (
        "Write a ghost story about Ada, who is haunted in a deserted town",
        (
            "Ada arrives in the town and hears of the ghost",
            "The first encounter",
            "The second encounter",
            "The third encounter",
            "The fourth encounter",
            "Ada learns the ghost's own story",
            "The last encounter",
            "What remains of the town, and of Ada",
        ),
    ),
    "zh": (
        "写一篇介绍中国茶的文章",
        (
            "茶的由来：从药用到日常饮料",
            "茶树与产地：云南、福建、浙江的山地与气候",
            "六大茶类：绿茶、白茶、黄茶、青茶、红茶、黑茶有何不同",
            "采摘与制作：杀青、揉捻、发酵和烘焙",
            "泡茶的方法：水温、器具和时间",
            "茶馆与茶礼：人们怎样坐在一起喝茶",
            "茶叶之路：茶怎样走到世界各地",
            "怎样买茶和存茶：给新手的建议",
        ),
    ),
}
_SHORT, _OWN_WORD = 4, 3
"""Letters, and occurrences: "into" and "handmade" are words of their own."""
COLUMNS = ("words", "score", "near", "repeat", "distinct", "foreign", "spoilt", "loops", "alike", "seconds")


@dataclass(frozen=True, slots=True)
class Setting:
    """What one row is measured with."""

    text: str
    guard: str
    dry: float
    allowed: int
    last: int
    most: float
    penalty: float
    temperature: float
    seed: int

    @property
    def language(self) -> str:
        return "zh" if self.text == "zh" else "en"

    def sampling(self) -> Sampling:
        return Sampling(
            temperature=self.temperature,
            penalty_repeat=self.penalty,
            dry_multiplier=self.dry,
            dry_allowed_length=self.allowed,
            dry_last=self.last,
            dry_most=self.most,
            seed=self.seed,
        )

    def values(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


def main() -> None:
    options = arguments()
    done = rows_of(options.out)
    with TemporaryDirectory() as home:
        paths = AppPaths.of_this_machine({"LONGWRITER_HOME": home})
        with LlamaEngine(ModelSpec(options.model.stem, options.model), paths=paths) as engine:
            print(("| " + " | ".join((*Setting.__slots__, *COLUMNS)) + " |").replace("near", "±10 %"))
            print("|" + "---|" * (len(Setting.__slots__) + len(COLUMNS)))
            for setting in settings_of(options):
                key = key_of(options, setting)
                row = done.get(json.dumps(key)) or measured(setting, options, engine, paths)
                cells = [*setting.values().values(), *(shown(name, row[name]) for name in COLUMNS)]
                print("| " + " | ".join(map(str, cells)) + " |", flush=True)
                if options.out is not None and json.dumps(key) not in done:
                    with options.out.open("a", encoding="utf-8") as file:
                        file.write(json.dumps({"key": key, "row": row}, ensure_ascii=False) + "\n")


def arguments() -> argparse.Namespace:
    usual = Sampling()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--texts", default="guide,zh", help="which of the plans: " + ", ".join(PLANS))
    parser.add_argument("--sections", type=int, default=6, help="at most 8")
    parser.add_argument("--words", type=int, default=250, help="of each section")
    parser.add_argument("--dry", default=str(usual.dry_multiplier), help="multipliers; 0 turns DRY off")
    parser.add_argument("--allowed", default=str(usual.dry_allowed_length), help="lengths that DRY allows, in tokens")
    parser.add_argument("--last", default=str(usual.dry_last), help="tokens that DRY looks back on")
    parser.add_argument("--most", default=str(usual.dry_most), help="that DRY lowers a logit by; inf: without a limit")
    parser.add_argument("--penalty", default=str(usual.penalty_repeat))
    parser.add_argument("--temperature", default=str(usual.temperature))
    parser.add_argument("--guard", default="on,off")
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--layout", choices=get_args(Layout), default="continuous")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--text", action="store_true", help="print the texts too")
    return parser.parse_args()


def settings_of(options: argparse.Namespace) -> Iterator[Setting]:
    def numbers(text: str) -> list[float]:
        return [float(each) for each in text.split(",")]

    for text, seed, dry, allowed, last, most, penalty, temperature, guard in itertools.product(
        options.texts.split(","),
        numbers(options.seeds),
        numbers(options.dry),
        numbers(options.allowed),
        numbers(options.last),
        numbers(options.most),
        numbers(options.penalty),
        numbers(options.temperature),
        options.guard.split(","),
    ):
        yield Setting(text, guard, dry, int(allowed), int(last), most, penalty, temperature, int(seed))


def key_of(options: argparse.Namespace, setting: Setting) -> dict[str, object]:
    return {
        "model": options.model.name,
        "layout": options.layout,
        "sections": options.sections,
        "words_each": options.words,
        **setting.values(),
    }


def rows_of(file: Path | None) -> dict[str, dict[str, float]]:
    if file is None or not file.exists():
        return {}
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return {json.dumps(line["key"]): line["row"] for line in lines}


def shown(name: str, value: float) -> str:
    if name in ("near", "repeat", "distinct", "foreign"):
        return f"{value:.1%}".replace("%", " %")
    return f"{value:.1f}" if name in ("score", "spoilt") else f"{value:.0f}"


def measured(setting: Setting, options: argparse.Namespace, engine: Engine, paths: AppPaths) -> dict[str, float]:
    instruction, points = PLANS[setting.text]
    sections = tuple(Section(point, options.words, heading=point) for point in points[: options.sections])
    document = Document(instruction=instruction, language=setting.language, sections=sections)

    def templates(language: str) -> PromptTemplates:
        return load_templates("zh" if language == "zh" else "en", paths)

    began = time.monotonic()
    if setting.guard == "on":
        listening = Listening(engine, setting.penalty)
        desk = [document]
        for event in write(lambda: desk[0], listening, templates, sampling=setting.sampling(), layout=options.layout):
            desk[0] = record(desk[0], event, 0.0)
        document, loops = desk[0], listening.begun_anew
    else:
        document = replace(document, plan_at_start=document.steps)
        document = written_bare(document, setting.sampling(), engine, templates(setting.language), options.layout)
        loops = sum(
            find_loop(each.text, 0, sequences("\n".join(before.text for before in document.sections[:place])))
            is not None
            for place, each in enumerate(document.sections)
        )
    if options.text:
        print("\n\n".join(f"## {each.heading}\n\n{each.text}" for each in document.sections), end="\n\n")
    return figures(document, loops) | {"seconds": round(time.monotonic() - began, 1)}


def figures(document: Document, loops: int) -> dict[str, float]:
    text = "\n".join(section.text for section in document.sections)
    words = [text[start:end].casefold() for start, end in word_spans(text)]
    chinese = chinese_share(text)
    near = [abs(each.words - each.word_target) <= 0.1 * each.word_target for each in document.sections]
    return {
        "words": document.words,
        "score": document.length_score,
        "near": sum(near) / len(near),
        "repeat": repeated_share(text),
        "distinct": len(set(words)) / max(1, len(words)),
        "foreign": 1 - chinese if document.language == "zh" else chinese,
        "spoilt": spoilt(text),
        "loops": loops,
        "alike": len(near_duplicates(document)),
    }


def spoilt(text: str) -> float:
    """What a model does to words that it may not write again, by a thousand English words."""
    prose = re.sub(r"```.*?(```|$)", "", text, flags=re.DOTALL)
    words = re.findall(r"[A-Za-z]+", prose)
    small = [word.casefold() for word in words]
    counts = Counter(small)
    pairs = {one + other for one, other in itertools.pairwise(small) if counts[one] > 1 and counts[other] > 1}
    joined = sum(len(word) > _SHORT and counts[word] < _OWN_WORD and word in pairs for word in small)
    begun_small = len(re.findall(r"[a-z][.!?][ \n]+[a-z]", prose))
    capitals = len(re.findall(r"\b\w*[a-z][A-Z]{2,}", prose))
    return 1000 * (joined + begun_small + capitals) / max(1, len(words))


def written_bare(
    document: Document, sampling: Sampling, engine: Engine, templates: PromptTemplates, layout: Layout
) -> Document:
    """One reply a section: no word budget, no loop guard."""
    for place, section in enumerate(document.sections):
        prompt = write_prompt(document, Ask(place, section.word_target), templates, layout=layout)
        earlier = (each.text for each in document.sections[:place])
        clean_up = CleanUp(
            section.heading, section.main_point, "", (*(each.content for each in prompt.messages), *earlier)
        )
        once = replace(
            sampling,
            seed=sampling.seed + place,
            max_tokens=3 * section.word_target,
            stop=(*sampling.stop, "\n## ", *TURN_MARKS),
        )
        replies = engine.generate(prompt, once)
        text = "".join(clean_up.feed(event.text) for event in replies if isinstance(event, TextChunk))
        text += clean_up.finish()
        document = document.with_text(section.id, text[: len(text) - ending_to_cut(text)])
    return document


class Listening(EngineWrapper):
    """An engine that counts the replies which are asked for with more of a penalty: those after a loop."""

    def __init__(self, engine: Engine, penalty: float) -> None:
        super().__init__(engine)
        self._penalty = penalty
        self.begun_anew = 0

    @override
    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        """Counts the reply; the first tokens of a section in the guided layout are no reply of their own."""
        opening = sampling.max_tokens == sampling.min_tokens
        self.begun_anew += sampling.penalty_repeat > self._penalty and not opening
        return super().generate(prompt, sampling)


if __name__ == "__main__":
    main()
