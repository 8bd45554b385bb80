import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.export.web_address import web_address


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("www.example.org/x", "https://www.example.org/x"),
        ("mailto:me@example.org?subject=Hello you", "mailto:me@example.org?subject=Hello%20you"),
        ("https://zh.wikipedia.org/wiki/罗马", "https://zh.wikipedia.org/wiki/%E7%BD%97%E9%A9%AC"),
        ("https://例子.cn/", "https://xn--fsqu00a.cn/"),
        ("http://a.b/100%/x%20y[1]", "http://a.b/100%25/x%20y%5B1%5D"),
        ("http://a.b:8080/", "http://a.b:8080/"),
    ],
)
def test_an_address_of_the_web_becomes_one_in_ascii(target: str, address: str) -> None:
    assert web_address(target) == address


@pytest.mark.parametrize(
    "target",
    ["", "javascript:alert(1)", "file:///etc/passwd", "picture.png", "#part", "http://", "http://a b/", "https://[::1",
     "mailto:nobody", "data:text/html,x", "http://a.b/" + "x" * 2000, "vbscript:x", "http://me@a.b/"],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_what_is_none_becomes_no_link(target: str) -> None:
    assert web_address(target) is None


@given(st.text() | st.text().map(lambda rest: f"http://a.b/{rest}"))
def test_an_address_is_always_short_printable_ascii(target: str) -> None:
    address = web_address(target)
    assert address is None or (
        address.isascii() and address.isprintable() and " " not in address and len(address) <= 2000
    )
