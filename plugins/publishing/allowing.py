"""What stops a verb unless it is allowed by name: broken promises, findings of the audit."""

import sys
from collections.abc import Collection, Sequence

from plugins.publishing.audit.finding import Finding
from plugins.publishing.diff.telling import listed
from plugins.speaking import Speech, Trouble


def only_known(allowed: Collection[str], names: Sequence[str]) -> None:
    """Raises `Trouble` if a name that is allowed is none of these."""
    for name in allowed:
        if name not in names:
            raise Trouble(
                "There is no promise and no rule “{name}” to be allowed here. There are: {names}.",
                name=name,
                names=", ".join(names),
            )


def options(names: Collection[str]) -> str:
    """What a webmaster writes to allow these."""
    return " ".join(f"--allow {name}" for name in dict.fromkeys(names))


def is_stopped_by(findings: list[Finding], allowed: Collection[str], words: Speech) -> bool:
    """Tell the findings; whether there is one of a rule that nobody allowed to break."""
    stopping = [finding for finding in findings if finding.rule not in allowed]
    passing = [finding for finding in findings if finding.rule in allowed]
    lines: list[str] = []
    if passing:
        lines += [
            words.count(
                "{number} finding in what was built, of a rule that is allowed:",
                "{number} findings in what was built, of rules that are allowed:",
                len(passing),
            ),
            *listed(passing, str, words),
        ]
    if stopping:
        rules = sorted({finding.rule for finding in stopping})
        lines += [
            words.count(
                "{number} finding in what was built; nothing was published:",
                "{number} findings in what was built; nothing was published:",
                len(stopping),
            ),
            *listed(stopping, str, words),
            words.text(
                "If that is to stay as it is, write {options}.", options=options([*allowed, *rules])
            ),
        ]
    if lines:
        print("\n".join(lines), file=sys.stderr)
    return bool(stopping)
