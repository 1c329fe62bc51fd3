"""Pages of the web: fetched as they are, and never from where the public web is not."""

import gzip
from collections.abc import AsyncIterator
from datetime import date
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.desk import Desk
from bot.messages import Add, Changed, Problem, Request, WholeDocument
from bot.parsing import to_command
from bot.rendering.plain_text import to_lines
from bot.web import PageProblem, addresses_in, public_web
from bot.web.fetching import Page, Web
from bot.web.guard import is_public
from bot.web.naming import name_of, to_url
from retrieval import Details, Library, LibraryError, SourceTooLarge
from tests import sources
from tests.bot.site import Given, Names, Site, open_site, web_of_loopback
from tests.bot.terminal import Terminal
from tests.newsroom import MODERATOR, NEWSROOM, REPORTER, Chat

TEXT = "The council doubled the harbor budget on Tuesday, after a long debate among its members."
PAGE = sources.page(TEXT, f"{TEXT} It was late.")
MAX = 100_000


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """Return a site with one page."""
    async with open_site() as site:
        site.pages["/story"] = Given(PAGE)
        yield site


@pytest.fixture
def chat(library: Library) -> Chat:
    """Return a newsroom whose web is this machine."""
    moderators = {"slack": frozenset({"desk-editors"})}
    return Chat(Desk(library, moderators, web_of_loopback()), library)


async def fetched(address: str) -> Page:
    return await web_of_loopback().fetch(address, MAX)


async def problem(address: str, web: Web | None = None) -> str:
    """Return the sentence on an address that gives no page, without the address."""
    with pytest.raises(LibraryError) as raised:
        await (web or web_of_loopback()).fetch(address, MAX)
    return str(raised.value).removeprefix(address).removeprefix(" ")


async def test_a_page_comes_with_its_bytes_name_and_address(site: Site) -> None:
    assert await fetched(site.at("/story#part")) == Page(
        site.at("/story"), "127.0.0.1/story.html", PAGE
    )


async def test_a_redirect_is_followed_and_its_end_is_the_address(site: Site) -> None:
    site.redirects("/old", "/newer?a=1")
    site.redirects("/newer", site.at("/story"))
    assert (await fetched(site.at("/old"))).url == site.at("/story")
    assert [path for path in site.asked if path != "/robots.txt"] == [
        "/old",
        "/newer?a=1",
        "/story",
    ]


async def test_a_page_that_leads_on_and_on(site: Site) -> None:
    site.redirects("/loop", "/loop")
    assert await problem(site.at("/loop")) == "leads on and on, to more than 5 other addresses."


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "http://", "http:///"]
)
async def test_a_redirect_to_what_is_no_page(site: Site, to: str) -> None:
    site.redirects("/story", to)
    with pytest.raises(PageProblem):
        await fetched(site.at("/story"))


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.2/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706434/",
    ],
)
async def test_a_redirect_to_where_the_public_web_is_not(site: Site, to: str) -> None:
    site.redirects("/story", to)
    assert await problem(site.at("/story")) == (
        f"{URL(to).host} is not on the public web; nothing is fetched from there."
    )


async def test_the_public_web_does_not_reach_this_machine(site: Site) -> None:
    assert await problem(site.at("/story"), public_web()) == (
        "127.0.0.1 is not on the public web; nothing is fetched from there."
    )
    assert site.asked == []


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1", "fd00::1", "169.254.169.254"])
async def test_a_name_that_leads_inside_is_refused(site: Site, address: str) -> None:
    web = Web(resolver=Names("93.184.215.14", address))
    named = f"http://news.example:{site.address.port}/story"
    assert await problem(named, web) == (
        "news.example is not on the public web; nothing is fetched from there."
    )
    assert site.asked == []


async def test_a_host_of_this_machine_is_refused_by_its_name() -> None:
    assert (await problem("http://localhost:9/", Web())).startswith("localhost is not on the ")


async def test_a_name_is_connected_to_what_was_looked_at(site: Site) -> None:
    page = await fetched(f"http://news.example:{site.address.port}/story")
    assert (page.name, page.content) == ("news.example/story.html", PAGE)


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1"),  # noqa: S104 - not listened on
        *("192.168.1.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fc00::1", "fe80::1", "fe80::1%eth0", "ff02::1", "fd00:ec2::254"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::"),
        *("127.1", "localhost", ""),
    ],
)
def test_addresses_that_are_not_of_the_public_web(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111"])
def test_addresses_of_the_public_web(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_in_another_form_is_no_more_public(address: IPv4Address) -> None:
    number = int(address)
    assert not is_public(f"::ffff:{address}")
    for other in (
        IPv6Address((0x0064FF9B << 96) | number),
        IPv6Address((0x2002 << 112) | number << 80),
    ):
        assert not is_public(str(other)) or is_public(str(address))


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, "wants a password (401); save the page and add the file."),
        (402, "wants to be paid (402); save the page and add the file."),
        (403, "does not let us in (403); save the page and add the file."),
        (404, "is not there (404); check the address."),
        (410, "is not there any more (410)."),
        (418, "gives no page (418)."),
        (204, "gives no page (204)."),
        (503, "has a problem of its own (503); try again later."),
    ],
)
async def test_each_refusal_has_its_sentence(site: Site, status: int, sentence: str) -> None:
    site.pages["/story"] = Given(status=status)
    assert await problem(site.at("/story")) == sentence


async def test_robots_txt_is_kept_to(site: Site) -> None:
    site.pages["/robots.txt"] = Given(b"User-agent: *\nDisallow: /st*y$\n", "text/plain")
    assert await problem(site.at("/story")) == (
        "may not be fetched by programs, says the site's robots.txt; "
        "save the page and add the file."
    )
    assert site.asked == ["/robots.txt"]


async def test_robots_txt_may_name_us(site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: newsdesk\nAllow: /\n"
    site.pages["/robots.txt"] = Given(rules, "text/plain")
    assert (await fetched(site.at("/story"))).content == PAGE


async def test_robots_txt_that_cannot_be_had_is_waited_for(site: Site) -> None:
    site.pages["/robots.txt"] = Given(status=500)
    assert await problem(site.at("/story")) == (
        "127.0.0.1 cannot say now what programs may fetch (robots.txt); try again later."
    )


@pytest.mark.parametrize("its", ["image/png", "video/mp4", "application/json", "text/css"])
async def test_what_is_no_page_is_named_by_its_type(site: Site, its: str) -> None:
    site.pages["/story"] = Given(b"x", its)
    assert await problem(site.at("/story")) == f"is no page or document that is read ({its})."


async def test_a_pdf_is_one_too(site: Site) -> None:
    site.pages["/budget"] = Given(sources.pdf([TEXT]), "application/pdf")
    page = await fetched(site.at("/budget"))
    assert (page.name, page.content[:5]) == ("127.0.0.1/budget.pdf", b"%PDF-")


async def test_a_page_that_is_too_large_is_given_up(site: Site) -> None:
    site.pages["/long"] = Given(b"x" * (MAX + 1))
    site.pages["/bomb"] = Given(
        gzip.compress(bytes(50 << 20)), headers={"Content-Encoding": "gzip"}
    )
    for path in ("/long", "/bomb"):
        with pytest.raises(SourceTooLarge, match=rf"{path} has \d+\.\d MiB and the limit is "):
            await fetched(site.at(path))


async def test_what_does_not_answer_is_a_sentence() -> None:
    assert await problem("http://127.0.0.1:9/") == (
        "could not be reached; check the address, or try again later."
    )


@pytest.mark.parametrize("address", ["https://", "ftp://a.org/", "https://a.org:99999/", "//a"])
async def test_what_is_no_web_address(address: str) -> None:
    assert await problem(address) == "is no web address; it begins with https:// or http://."


async def test_an_address_with_a_password_is_not_sent_nor_shown() -> None:
    assert await problem("https://roe:secret@example.org/a") == (
        "https://example.org/a was given with a password; leave it out."
    )


@pytest.mark.parametrize(
    ("address", "content_type", "name"),
    [
        ("https://www.example.org/", "text/html", "example.org.html"),
        ("https://example.org/2017/08/story.html", "text/html", "example.org/2017/08/story.html"),
        ("https://example.org/story/?id=7", "text/html", "example.org/story?id=7.html"),
        ("https://example.org/a/%2e%2e/%2e%2e%2fb", "text/html", "example.org/b.html"),
        ("https://example.org/a.txt", "text/plain", "example.org/a.txt"),
    ],
)
def test_a_page_is_named_by_its_host_and_path(address: str, content_type: str, name: str) -> None:
    assert name_of(to_url(address), content_type) == name


def test_a_long_name_is_cut_and_stays_apart_from_others() -> None:
    names = {name_of(to_url(f"https://e.org/{'a' * 300}{end}"), "text/html") for end in "bc"}
    assert len(names) == 2
    assert all(len(name) < 255 for name in names)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("add https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("add <https://example.org/a|example.org/a>", "https://example.org/a"),
        ("add <https://example.org/a>", "https://example.org/a"),
        ("add https://a.org HTTP://b.org", "https://a.org HTTP://b.org"),
    ],
)
def test_an_address_is_understood_in_a_chat(text: str, address: str) -> None:
    assert to_command(text) == Add(address=address)


def test_an_address_has_details_beside_it() -> None:
    assert to_command('add https://a.org/x title:"One two" outlet:Planet') == Add(
        title="One two", outlet="Planet", address="https://a.org/x"
    )


def test_a_text_with_an_address_in_it_is_a_question() -> None:
    assert addresses_in("what does https://a.org say") == []
    assert not isinstance(to_command("add what https://a.org says"), Add)


async def test_a_moderator_adds_a_page_and_it_answers(site: Site, chat: Chat) -> None:
    head = '<meta property="article:published_time" content="2017-08-01T09:30:00Z">'
    site.pages["/story"] = Given(sources.page(TEXT, f"{TEXT} It was late.", head=head))
    reply = await chat.say(f"add {site.at('/story')} outlet:Planet", sender=MODERATOR)
    assert isinstance(reply, Changed), reply
    [outcome] = reply.outcomes
    assert outcome.document.details == Details(
        sources.TITLE,
        "Planet",
        None,
        date(2017, 8, 1),
        site.at("/story"),
        language="en",
    )
    shown = await chat.say("show 127.0.0.1/story.html")
    assert isinstance(shown, WholeDocument)
    assert site.at("/story") in "\n".join(line.text.plain for line in to_lines(shown))


async def test_one_page_that_cannot_be_had_stops_no_other(site: Site, chat: Chat) -> None:
    reply = await chat.say(f"add {site.at('/gone')} {site.at('/story')}", sender=MODERATOR)
    assert isinstance(reply, Changed), reply
    assert [one.document.file for one in reply.outcomes] == ["127.0.0.1/story.html"]
    assert reply.problems == (f"{site.at('/gone')} is not there (404); check the address.",)


async def test_an_address_that_is_none_is_a_sentence(chat: Chat) -> None:
    request = Request(MODERATOR, "slack", space=NEWSROOM)
    assert await chat.desk.carry_out(Add(address="example.org"), request) == Problem(
        "example.org is no web address; it begins with https:// or http://."
    )


async def test_a_reporter_lets_nothing_be_fetched(site: Site, chat: Chat) -> None:
    reply = await chat.say(f"add {site.at('/story')}", sender=REPORTER)
    assert isinstance(reply, Problem)
    assert site.asked == []


def test_the_terminal_takes_addresses_beside_paths(terminal: Terminal) -> None:
    result = terminal.type("add", "http://127.0.0.1:9/x", terminal.write("a.txt", "A story."))
    assert "a.txt: added (version 1)." in result.stdout
    assert result.stderr.splitlines() == [
        "127.0.0.1 is not on the public web; nothing is fetched from there.",
        "1 of 2 could not be added; see above.",
    ]
