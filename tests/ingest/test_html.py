"""HTML pages: the article and its metadata, and every page that would hurt a parser."""

from __future__ import annotations

import pytest

from dateline.errors import InputError, TooLargeError
from dateline.ingest.html import MAX_DEPTH, MAX_ELEMENTS, measure, read_html

PARAGRAPHS = (
    "Dockers in three northern ports walked out on Monday, demanding higher wages from the port authority.",
    "The army sent two companies to the largest of them, where cranes stood still, the ministry of defence said.",
    "The Harbour Workers Union called for talks with the minister of labour and said the strike would go on until Friday.",
)

PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Strike closes ports - Northern Post</title>
<meta property="og:title" content="Strike closes ports">
<meta property="og:site_name" content="Northern Post"><meta name="author" content="Ada Quist">
<meta property="article:published_time" content="2019-05-12T08:00:00Z">
<script>var x = "<div><div><div>";</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Strike closes ports</h1>{"".join(f"<p>{words}</p>" for words in PARAGRAPHS)}</article>
<footer>Copyright 2019 Northern Post. <a href="/terms">Terms</a></footer></body></html>"""


def test_the_article_is_taken_and_the_rest_left() -> None:
    page = read_html(PAGE.encode())
    for words in PARAGRAPHS:
        assert words in page.text.split("\n\n")
    assert "Home" not in page.text
    assert "Copyright" not in page.text
    assert "\r" not in page.text


def test_metadata_are_read() -> None:
    page = read_html(PAGE)
    assert (page.title, page.author, page.publisher, page.date) == ("Strike closes ports", "Ada Quist", "Northern Post", "2019-05-12")


def test_no_date_is_made_up() -> None:
    page = read_html(PAGE.replace('<meta property="article:published_time" content="2019-05-12T08:00:00Z">', "").replace("2019", "MMXIX"))
    assert page.date is None


def test_the_charset_of_the_page_is_used() -> None:
    page = PAGE.replace("utf-8", "iso-8859-2").replace("Dockers", "Dokerzy z Łodzi: Dockers")
    assert "Łodzi" in read_html(page.encode("iso-8859-2")).text


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html></html>",
        "<html><body><nav><a href='/'>Home</a><a href='/world'>World</a></nav></body></html>",
        "<html><body><form>Name <input name=n> Password <input name=p></form></body></html>",
        "<<<<<< not a page",
        "<html><body><script>document.write('x')</script></body></html>",
    ],
)
def test_a_page_without_an_article_is_one_clear_error(page: str) -> None:
    with pytest.raises(InputError, match=r"page\.html: no article text was found") as caught:
        read_html(page, name="page.html")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("tag", ["div", "span", "b", "blockquote", "table"])
def test_a_nested_bomb_is_refused_before_it_is_parsed(tag: str) -> None:
    with pytest.raises(InputError, match=f"nests more than {MAX_DEPTH}"):
        read_html(f"<html><body>{f'<{tag}>' * 100_000}x{f'</{tag}>' * 100_000}</body></html>")


def test_a_flat_bomb_is_refused() -> None:
    with pytest.raises(InputError, match="more than 100,000 elements"):
        read_html("<html><body>" + "<i>a</i>" * (MAX_ELEMENTS + 1))


@pytest.mark.parametrize("junk", ["<", "<a ", "<!--", "<div", "</div>", "<script>", "&amp;", "<p"])
def test_junk_of_a_megabyte_is_scanned_in_one_pass(junk: str) -> None:
    # A scan that looked for each tag's end anew would take hours over this.
    depth, _ = measure(junk * (1_000_000 // len(junk)))
    assert depth <= MAX_DEPTH


def test_depth_counts_open_elements_only() -> None:
    assert measure("<div><p>a<p>b<br><img src=x><div>c</div></div><div>d</div>") == (2, 7)
    assert measure("<div><!-- <div><div> --><script><b><b></script><path/></div>")[0] == 1


def test_too_large_a_page_is_refused() -> None:
    with pytest.raises(TooLargeError):
        read_html(b"<html>" + b" " * 100, limit=50)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2019-05-12T08:00:00Z"}</script>', ""),
        ('<meta name="DC.date.issued" content="2019-05-12">', ""),
        ('<meta itemprop="datePublished" content="2019-05-12">', ""),
        ("", '<time datetime="2019-05-12T08:00" pubdate>12 May</time>'),
        ("", '<time datetime="2019-05-12T08:00">12 May</time>'),
    ],
    ids=["json-ld", "dublin-core", "itemprop", "time-pubdate", "time"],
)
def test_the_day_is_read_wherever_a_page_states_it(head: str, body: str) -> None:
    without = PAGE.replace('<meta property="article:published_time" content="2019-05-12T08:00:00Z">', head)
    assert read_html(without.replace("</h1>", f"</h1>{body}")).date == "2019-05-12"
