import json
import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.errors import LicenceNotAccepted
from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.licences import accept, agreement, check_accepted, is_accepted, must_be_accepted
from longwriter_desktop.paths import AppPaths

ENTRY = ModelEntry(
    name="m",
    title="Model",
    licence="Llama 3.1 Community License",
    licence_url="https://example.org/licence",
    licence_accept=True,
)


@pytest.fixture
def paths() -> AppPaths:
    return AppPaths.of_this_machine()


def test_what_was_agreed_to_when_is_kept(paths: AppPaths) -> None:
    assert must_be_accepted(ENTRY, paths)
    accept(ENTRY, paths, lambda: datetime(2026, 3, 1, 12, 30, tzinfo=UTC))
    assert not must_be_accepted(ENTRY, paths)
    kept = agreement(ENTRY, paths)
    assert kept is not None
    assert kept.accepted_at == "2026-03-01T12:30:00+00:00"
    assert (kept.licence, kept.address) == (ENTRY.licence, ENTRY.licence_url)
    check_accepted(ENTRY, paths)


def test_an_agreement_holds_for_all_models_under_that_licence_and_for_no_other_licence(paths: AppPaths) -> None:
    accept(ENTRY, paths)
    accept(ENTRY, paths)
    assert is_accepted(replace(ENTRY, name="another"), paths)
    assert not is_accepted(replace(ENTRY, licence_url="https://example.org/licence-2"), paths)
    assert not is_accepted(replace(ENTRY, licence="Gemma"), paths)
    assert len(json.loads((paths.data / "licences.json").read_bytes())) == 1


def test_a_model_that_asks_for_no_agreement_needs_none(paths: AppPaths) -> None:
    check_accepted(replace(ENTRY, licence_accept=False), paths)


def test_without_an_agreement_it_is_said_where_the_licence_is(paths: AppPaths) -> None:
    with pytest.raises(LicenceNotAccepted, match=r"https://example\.org/licence.*Nothing was downloaded\."):
        check_accepted(ENTRY, paths)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_what_cannot_be_kept_does_not_count(paths: AppPaths) -> None:
    paths.data.mkdir(parents=True)
    paths.data.chmod(0o500)
    try:
        with pytest.raises(LicenceNotAccepted, match="could not be kept"):
            accept(ENTRY, paths)
    finally:
        paths.data.chmod(0o700)


def test_a_folder_that_is_a_file_keeps_nothing(paths: AppPaths) -> None:
    paths.data.parent.mkdir(parents=True, exist_ok=True)
    paths.data.write_text("not a folder")
    with pytest.raises(LicenceNotAccepted, match="could not be kept"):
        accept(ENTRY, paths)
    assert not is_accepted(ENTRY, paths)


@given(
    st.one_of(
        st.binary(max_size=50),
        st.recursive(
            st.none() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(("licence", "address", "accepted_at")), inner)
            ),
        ).map(lambda value: json.dumps(value).encode()),
    )
)
@settings(max_examples=100)
def test_a_file_that_somebody_has_changed_is_asked_about_again(content: bytes) -> None:
    paths = AppPaths.of_this_machine()
    paths.data.mkdir(parents=True, exist_ok=True)
    (paths.data / "licences.json").write_bytes(content)
    assert not is_accepted(ENTRY, paths)
    accept(ENTRY, paths)
    assert is_accepted(ENTRY, paths)
