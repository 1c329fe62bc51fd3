"""Web pages of different build around articles whose words are known, each with its furniture.

``PAGES`` has a function for each build; it takes a story and returns the page.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

TITLE = "Council Doubles the Harbor Budget"
_PEOPLE = ("Ada Quill", "Perry Marsh", "Ines Oduya", "Tom Brandt", "Lena Sorge", "Raj Patel")
_PLACES = ("the harbor", "City Hall", "the old pier", "Dock Street", "the ferry terminal")
_SENTENCES = (
    "{a} told the council on Tuesday that {p} had waited {n} years for repairs.",
    "“We cannot ask the crews to wait any longer,” {a} said, and sat down to applause.",
    "The plan sets aside {n} million dollars, most of it for {p} and the streets around it.",
    "Opponents led by {a} called the figure a guess and asked for an audit before the vote.",
    "A report that the city commissioned found cracks in {n} of the pilings below {p}.",
    "Work near {p} is to begin in the spring, if {a} signs the order this week.",
    "In an interview, {a} said the debt would be paid back over {n} years at a fixed rate.",
    "Nobody at {p} could say on Wednesday how the water had come in so quickly.",
    "The vote, {n} to 4, came shortly before midnight after a debate of six hours.",
    "For the fishermen, {a} said, the decision comes late but not too late.",
)


@dataclass(frozen=True, slots=True)
class Story:
    """The paragraphs of an article."""

    paragraphs: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """Return the words of the article's body."""
        return " ".join(self.paragraphs).split()

    def wrapped(self, tag: str = "p", attributes: str = "", between: str = "\n") -> str:
        """Return the paragraphs, each in a tag."""
        return between.join(
            f"<{tag}{attributes}>{escape(one, quote=False)}</{tag}>" for one in self.paragraphs
        )


def story(paragraphs: int = 14, seed: int = 7) -> Story:
    """Return an article of about 50 words a paragraph."""
    chance = random.Random(seed)

    def sentence() -> str:
        return chance.choice(_SENTENCES).format(
            a=chance.choice(_PEOPLE), p=chance.choice(_PLACES), n=chance.randint(5, 90)
        )

    return Story(tuple(" ".join(sentence() for _ in range(3)) for _ in range(paragraphs)))


NAVIGATION = "<ul>{}</ul>".format(
    "".join(
        f"<li><a href='/{name.lower()}'>{name}</a></li>"
        for name in ("News", "Sports", "Obituaries", "Opinion", "Weather", "Classifieds", "Games")
    )
)
HEADER = f"<header><a href=/ class=logo>Daily Planet</a><nav>{NAVIGATION}</nav></header>"
FOOTER = (
    "<footer><p>Copyright 2017 Daily Planet Media Group. All rights reserved.</p>"
    "<a href=/privacy>Privacy policy</a> <a href=/terms>Terms of service</a></footer>"
)
_HEADLINES = (
    "Zoo welcomes twin pandas after a long winter",
    "Ten recipes with rhubarb that nobody will forget",
    "Hockey: Owls lose again, coach under pressure",
    "Why your neighbor's lawn is greener than yours",
    "Quiz: how well do you know the planets?",
)
RELATED = "<ul>{}</ul>".format(
    "".join(f"<li><a href=/{at}>{one}</a></li>" for at, one in enumerate(_HEADLINES))
)
CONSENT = (
    "<div id=cookie-consent class='cookie-banner' role=dialog><p>We value your privacy. We and our "
    "174 partners store cookies on your device to personalise advertising, measure audiences and "
    "develop products. You may withdraw consent whenever you like.</p>"
    "<button>Accept everything</button><button>Manage preferences</button></div>"
)
NEWSLETTER = (
    "<div class='newsletter-signup'><h3>Morning briefing</h3><p>Get our newsletter delivered to "
    "your inbox every weekday.</p><input type=email><button>Subscribe</button></div>"
)


def comments(number: int = 12) -> str:
    """Return what readers wrote below an article."""
    one = (
        "<li class=comment id=comment-{n}><cite>reader{n}</cite> <p>Honestly this gets sillier "
        "with every edition; my taxes pay for yachts and somebody please think of the parking. "
        "Bring back the lighthouse keeper, I say.</p><a href=#>Reply</a></li>"
    )
    items = "".join(one.format(n=n) for n in range(number))
    return (
        f"<section id=comments class=comments><h2>{number} Comments</h2><ol>{items}</ol></section>"
    )


def shell(body: str, head: str = "") -> str:
    """Return a whole page."""
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{TITLE} | Daily Planet"
        f"</title>{head}</head><body>{body}</body></html>"
    )


def article_tag(its: Story) -> str:
    return shell(f"{HEADER}<main><article><h1>{TITLE}</h1>{its.wrapped()}</article></main>{FOOTER}")


def div_soup(its: Story) -> str:
    rows = its.wrapped("div", " class=x7")
    return shell(
        f"<div class=a1><div class=a2>{NAVIGATION}</div><div class=b1><div class=b2><h1>{TITLE}"
        f"</h1>{rows}</div><div class=b3>{RELATED}</div></div></div>{FOOTER}"
    )


def wordpress(its: Story) -> str:
    return shell(
        f"<div id=page>{HEADER}<div id=content><div id=post-9 class='post type-post'>"
        f"<h1 class=entry-title>{TITLE}</h1><div class=entry-content>{its.wrapped()}"
        "<div class='sharedaddy'><h3>Share this:</h3><ul><li>Facebook</li><li>Twitter</li></ul>"
        f"</div></div></div>{comments()}</div><div id=secondary class=widget-area><aside "
        f"class=widget><h2>Recent Posts</h2>{RELATED}</aside></div></div>{FOOTER}"
    )


def amp(its: Story) -> str:
    return (
        "<!doctype html><html ⚡><head><meta charset=utf-8><title>Harbor</title></head><body>"
        f"<amp-sidebar id=s>{NAVIGATION}</amp-sidebar><header class=amp-header>Daily Planet"
        f"</header><article class=amp-article><h1>{TITLE}</h1><amp-img src=a.jpg></amp-img>"
        f"<div class=amp-article-content>{its.wrapped()}</div></article><amp-ad type=x></amp-ad>"
        f"{FOOTER}</body></html>"
    )


def table_layout(its: Story) -> str:
    return shell(
        f"<table width=800><tr><td width=120 bgcolor=gray>{NAVIGATION}</td><td><font size=5>{TITLE}"
        f"</font>{its.wrapped()}</td><td width=140>{RELATED}</td></tr></table>{FOOTER}"
    )


def json_ld_only(its: Story) -> str:
    ld = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "articleBody": "\n\n".join(its.paragraphs),
    }
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>'
    return shell(f"{HEADER}<div id=root><h1>{TITLE}</h1></div>{FOOTER}", script)


def live_blog(its: Story) -> str:
    posts = "".join(
        f"<div class=live-post><time>{9 + at}:05</time><p>{one}</p></div>"
        for at, one in enumerate(its.paragraphs)
    )
    return shell(
        f"{HEADER}<main><article class=live-blog><h1>{TITLE}</h1>{posts}</article></main>"
        f"<aside>{RELATED}</aside>{FOOTER}"
    )


def consent_banner(its: Story) -> str:
    return shell(
        f"{CONSENT}{HEADER}<article><h1>{TITLE}</h1>{its.wrapped()}</article>{FOOTER}{CONSENT}"
    )


def long_comments(its: Story) -> str:
    return shell(
        f"{HEADER}<article><h1>{TITLE}</h1><div class=body>{its.wrapped()}</div></article>"
        f"{comments(40)}{FOOTER}"
    )


def disqus_like(its: Story) -> str:
    return shell(
        f"{HEADER}<div class=story><h1>{TITLE}</h1>{its.wrapped()}</div>"
        f"<div id=disqus_thread>{comments(20)}</div>{FOOTER}"
    )


def related_inside(its: Story) -> str:
    box = f"<div class=related-articles><h4>Read next</h4>{RELATED}</div>"
    half = len(its.paragraphs) // 2
    first, second = Story(its.paragraphs[:half]), Story(its.paragraphs[half:])
    return shell(
        f"{HEADER}<article><h1>{TITLE}</h1>{first.wrapped()}{box}{second.wrapped()}{box}</article>"
        f"{FOOTER}"
    )


def mega_menu(its: Story) -> str:
    menu = f"<nav class=mega>{NAVIGATION * 12}</nav>"
    return shell(
        f"{menu}<main><h1>{TITLE}</h1>{its.wrapped()}</main><nav>{NAVIGATION}</nav>{FOOTER}"
    )


def line_breaks(its: Story) -> str:
    text = "<br><br>\n".join(its.paragraphs)
    return shell(
        f"{HEADER}<div id=story><h1>{TITLE}</h1><div class=text>{text}</div></div>{FOOTER}"
    )


def role_main(its: Story) -> str:
    return shell(
        f"<div role=banner>{NAVIGATION}</div><div role=main><h1>{TITLE}</h1>{its.wrapped()}</div>"
        f"<div role=complementary>{RELATED}</div><div role=contentinfo>{FOOTER}</div>"
    )


def microdata(its: Story) -> str:
    return shell(
        f"{HEADER}<div itemscope itemtype='http://schema.org/NewsArticle'><h1 itemprop=headline>"
        f"{TITLE}</h1><span itemprop=author>Robin Roe</span><div itemprop=articleBody>"
        f"{its.wrapped()}</div></div><div class=sidebar>{RELATED}{NEWSLETTER}</div>{FOOTER}"
    )


def newsletter_between(its: Story) -> str:
    body = its.wrapped(between=NEWSLETTER)
    return shell(f"{HEADER}<article><h1>{TITLE}</h1>{body}</article>{FOOTER}")


def block_quotes(its: Story) -> str:
    body = "".join(
        f"<blockquote><p>{one}</p></blockquote>" if at % 4 == 2 else f"<p>{one}</p>"
        for at, one in enumerate(its.paragraphs)
    )
    return shell(
        f"{HEADER}<article><h1>{TITLE}</h1>{body}</article><aside>{RELATED}</aside>{FOOTER}"
    )


def lists_inside(its: Story) -> str:
    half = len(its.paragraphs) // 2
    listed = Story(its.paragraphs[half:]).wrapped("li")
    return shell(
        f"{HEADER}<article><h1>{TITLE}</h1>{Story(its.paragraphs[:half]).wrapped()}<ul>{listed}"
        f"</ul></article>{FOOTER}"
    )


def table_inside(its: Story) -> str:
    *most, last = its.paragraphs
    words = last.split()
    rows = "".join(
        f"<tr><td>{words[at]}</td><td>{' '.join(words[at + 1 : at + 6])}</td></tr>"
        for at in range(0, len(words), 6)
    )
    return shell(
        f"{HEADER}<article><h1>{TITLE}</h1>{Story(tuple(most)).wrapped()}<table>{rows}</table>"
        f"</article>{FOOTER}"
    )


def sections(its: Story) -> str:
    parts = "".join(f"<section><p>{one}</p></section>" for one in its.paragraphs)
    return shell(f"{HEADER}<main><div><h1>{TITLE}</h1>{parts}</div></main>{FOOTER}{CONSENT}")


def links_inside(its: Story) -> str:
    body = its.wrapped()
    for name in _PEOPLE:
        body = body.replace(name, f"<a href='/people'><b>{name}</b></a>")
    return shell(f"{HEADER}<article><h1>{TITLE}</h1>{body}</article>{RELATED}{FOOTER}")


def unclosed_tags(its: Story) -> str:
    body = "".join(f"<p>{one}\n" for one in its.paragraphs)
    head = f"<html><head><title>{TITLE}</title><body><ul>{NAVIGATION}</ul>"
    return f"{head}<h1>{TITLE}</h1>{body}<hr>{FOOTER}"


def hashed_classes(its: Story) -> str:
    state = json.dumps({"props": {"story": list(its.paragraphs), "ads": ["buy a yacht"] * 40}})
    body = its.wrapped("p", " class='css-1h0ld9 evys1bk0'")
    return shell(
        f"<div id=__next><div class=css-19z>{HEADER}</div><div class=css-7fk><h1>{TITLE}"
        f"</h1><section class=css-1r7>{body}</section></div><div class=css-r4>{RELATED}</div></div>"
        f"<script id=__NEXT_DATA__ type='application/json'>{state}</script>{FOOTER}"
    )


def inline_ads(its: Story) -> str:
    ad = "<div class='ad-slot advertisement'><span>Advertisement</span> Buy a yacht now</div>"
    return shell(f"{HEADER}<article><h1>{TITLE}</h1>{its.wrapped(between=ad)}</article>{FOOTER}")


def press_release(its: Story) -> str:
    return shell(
        f"<a href=#main>Skip to main content</a>{HEADER}<div id=main class=field-item><h1>{TITLE}"
        f"</h1>{its.wrapped()}<p>###</p></div><div class=block-menu>{NAVIGATION}</div>{FOOTER}"
    )


def short_story(its: Story) -> str:
    brief = Story(its.paragraphs)
    return shell(
        f"{CONSENT}{HEADER}<article><h1>{TITLE}</h1>{brief.wrapped()}</article>{comments()}"
        f"<aside>{RELATED}{NEWSLETTER}</aside>{FOOTER}"
    )


PAGES: tuple[Callable[[Story], str], ...] = (
    article_tag,
    div_soup,
    wordpress,
    amp,
    table_layout,
    json_ld_only,
    live_blog,
    consent_banner,
    long_comments,
    disqus_like,
    related_inside,
    mega_menu,
    line_breaks,
    role_main,
    microdata,
    newsletter_between,
    block_quotes,
    lists_inside,
    table_inside,
    sections,
    links_inside,
    unclosed_tags,
    hashed_classes,
    inline_ads,
    press_release,
    short_story,
)


def story_for(page: Callable[[Story], str]) -> Story:
    """Return the article of a page: a short one where the build is about that."""
    return story(3 if page is short_story else 14)
