"""What is kept between calls changes no word: whole documents with reuse and without, in each layout, temperature 0.

With a KV cache in q8_0, where a cell is the same to the last bit whether it was written or read, and in whatever
pieces. With f16 it is not, see `tests/benchmarks/exactness.py`.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from longwriter_desktop.agentwrite.engine import Sampling
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from tests.backend.conftest import EXACT, app_paths
from tests.backend.sample_documents import Forgetful, sample_document, written

SECTIONS, WORDS = 3, 20
GREEDY = Sampling(temperature=0)


@pytest.fixture(scope="module")
def engine(starter_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaEngine]:
    options = replace(EXACT, kv_type="q8_0", context_tokens=2048)
    paths = app_paths(tmp_path_factory.mktemp("home"))
    with LlamaEngine(ModelSpec("starter", starter_model), paths=paths, options=options) as engine:
        yield engine


@pytest.mark.parametrize("layout", get_args(Layout))
def test_a_document_is_the_same_with_reuse_as_without(engine: LlamaEngine, layout: Layout) -> None:
    document = sample_document(SECTIONS, WORDS)
    before = engine.usage
    kept = written(document, engine, layout, GREEDY)
    between = engine.usage
    fresh = written(document, Forgetful(engine), layout, GREEDY)
    after = engine.usage
    assert [section.text for section in kept.sections] == [section.text for section in fresh.sections]
    # A small model that always takes the likeliest word gets stuck here and there; the writer cuts that out.
    assert kept.words >= WORDS
    # The one has read far less than the other, or there was nothing to compare.
    read, read_afresh = (between - before).prompt_tokens_read, (after - between).prompt_tokens_read
    assert read < 0.7 * read_afresh
