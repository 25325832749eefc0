"""A page in schema.org's words: one graph of JSON-LD, for those who read by program.

Its nodes know each other by their `@id`: addresses of the page with a fragment, and one for the
publisher, the same on all pages of a language.
"""

from collections.abc import Sequence

from markupsafe import Markup

from plugins.model.output import Press
from plugins.outputs.views.data import data_element

Data = dict[str, object]

CRUMBS, PUBLISHER, SITE = "#Crumbs", "#Publisher", "#Site"
"""Fragments of the ids of nodes."""


def graph(nodes: Sequence[Data]) -> Markup:
    """The element that holds nodes on a page; nothing for none."""
    if not nodes:
        return Markup()
    return data_element("application/ld+json", {"@context": "https://schema.org", "@graph": nodes})


def publisher(press: Press, language: str) -> Data:
    """Those who publish the archive (schema.org `GovernmentOrganization`)."""
    site = press.site
    return known(
        {
            "@type": "GovernmentOrganization",
            "@id": publisher_id(press, language),
            "name": site.publisher[language],
            "url": site.absolute(f"/{language}/"),
            "email": site.contact.email,
            "telephone": site.contact.phone,
            "address": site.contact.address.get(language, ""),
        }
    )


def website(press: Press, language: str) -> Data:
    """The archive in a language, and how it is searched (schema.org `WebSite`)."""
    site, home = press.site, press.site.absolute(f"/{language}/")
    action = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": f"{home}search/?q={{search_term_string}}",
        },
        "query-input": "required name=search_term_string",
    }
    return known(
        {
            "@type": "WebSite",
            "@id": home + SITE,
            "name": site.name[language],
            "description": site.tagline[language],
            "url": home,
            "inLanguage": press.words(language).tag,
            "publisher": {"@id": publisher_id(press, language)},
            "potentialAction": action if site.has("search") else {},
        }
    )


def breadcrumbs(press: Press, url: str, crumbs: Sequence[tuple[str, str]]) -> Data:
    """The way from the home page to a page (schema.org `BreadcrumbList`): titles and addresses."""
    return {
        "@type": "BreadcrumbList",
        "@id": url + CRUMBS,
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": press.site.absolute(address),
            }
            for position, (name, address) in enumerate(crumbs, 1)
        ],
    }


def known(data: Data) -> Data:
    """What is known: no member is empty."""
    return {name: value for name, value in data.items() if value}


def publisher_id(press: Press, language: str) -> str:
    """The `@id` of the publisher in a language."""
    return press.site.absolute(f"/{language}/") + PUBLISHER
