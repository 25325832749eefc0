"""The names of tags and categories."""

from datetime import date

import pytest

from plugins.model.taxonomy import Term, fold, names


def a_term(key: str, vi: str, en: str) -> Term:
    """A term with its labels."""
    return Term(key, label={"vi": vi, "en": en}, slug={}, description={})


def test_names() -> None:
    """A term is named by its key and by its label in any language, folded."""
    terms = {"thue": a_term("thue", "Thuế", "Tax"), "thue-nha": a_term("thue-nha", "Thuê", "Rent")}
    assert names(terms) == {
        "thue": "thue",
        "thuế": "thue",
        "tax": "thue",
        "thue-nha": "thue-nha",
        "thuê": "thue-nha",
        "rent": "thue-nha",
    }


def test_a_former_slug_still_names_its_term() -> None:
    """Sources that were written before a tag was renamed go on to name it."""
    labels = {"vi": "Thuế", "en": "Tax"}
    term = Term("thue", labels, {"vi": "thue", "en": "tax"}, labels, {"tax": date(2026, 2, 1)})
    assert names({"thue": term})["tax"] == "thue"
    assert term.formerly("vi") == [("tax", date(2026, 2, 1))]
    assert term.formerly("en") == []  # it is its slug there today


def test_a_key_is_stronger_than_a_label() -> None:
    """A key names its own term, even if it is another's label."""
    terms = {"tax": a_term("tax", "Thuế", "Duty"), "thue": a_term("thue", "Tô", "Tax")}
    assert names(terms)["tax"] == "tax"
    assert names(dict(reversed(terms.items())))["tax"] == "tax"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Thuế", "thuế", True),
        ("THUẾ", "thuế", True),
        ("Thue\u0302\u0301", "thuế", True),  # marks apart
        ("  Chính  phủ ", "chính phủ", True),
        ("Đối thoại", "đối thoại", True),
        ("Thuế", "Thuê", False),
        ("Thuế", "Thue", False),
        ("Hoà", "Hòa", False),  # two spellings of one word, which nobody should have to guess
    ],
)
def test_fold(one: str, other: str, same: bool) -> None:
    """Labels differ by letters and marks, not by case, form or spaces."""
    assert (fold(one) == fold(other)) is same
