"""Pagefind's own program: it takes records, and gives the files of an index.

It speaks by standard input and output: base64 of JSON, with a comma after each message (`pagefind
--service`; see the source of its package for Python, which waits a tenth of a second for each
answer and is not used for that). It answers in the order in which it is asked, and its files depend
on the records and their order only. It ends as soon as nobody can ask it any more.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from subprocess import PIPE, Popen
from threading import Thread
from typing import IO, Any

VERSION = version("pagefind")
ENTRY = "pagefind-entry.json"
"""What leads to the other files: its name is always the same, and theirs are not."""

SCRIPT = "pagefind.js"
READ = 1 << 20
CHUNK = 2000
"""Places of words that a file of the index holds, if one word has no more: some 3 kB, of which a
search loads one for each of its words and parts. Pagefind's own 20,000 make files of 200 kB.
"""

NOBODY = "ꙮ"
"""A word that nobody looks for: Pagefind leaves out what has none."""

Record = dict[str, Any]
"""A document, as Pagefind's API has it (see `record`)."""


def files_of(records: Iterable[Record]) -> dict[str, bytes]:
    """The files of the index of these records, by name; what leads to the others comes last."""
    made = _made(records)
    names = (name for name in made if name == ENTRY or ".pf_" in name)
    return {name: made[name] for name in sorted(names, key=lambda name: (name == ENTRY, name))}


def runtime_of(languages: Iterable[str]) -> dict[str, bytes]:
    """What a browser needs to search in these languages: the script, the program, and an index
    with which those of the parts are merged.
    """
    made = _made(record(language, NOBODY, language, {}, {}) for language in languages)
    names = [name for name in made if name.endswith(".pagefind") or ".pf_" in name]
    return {name: made[name] for name in [SCRIPT, *sorted(names), ENTRY]}


def record(
    url: str,
    content: str,
    language: str,
    meta: Mapping[str, str],
    sort: Mapping[str, str],
) -> Record:
    """A document. Filters of Pagefind 1.5.2 are of no use: it writes their values in the order of a
    hash table, which is another each time.
    """
    return {
        "url": url,
        "content": content,
        "language": language,
        "meta": meta,
        "sort": sort,
    }


def _made(records: Iterable[Record]) -> dict[str, bytes]:
    known = list(records)
    requests = [
        {"type": "NewIndex", "config": {}},
        *({"type": "AddRecord", "index_id": 0, **one} for one in known),
        {"type": "GetFiles", "index_id": 0},
    ]
    for answer in _answers(requests, _chunk(known)):
        if answer["type"] == "Error":
            raise RuntimeError(f"Pagefind: {answer['message']}")
    made = {file["path"]: b64decode(file["content"]) for file in answer["files"]}
    entry = json.loads(made[ENTRY])  # its languages come in another order each time
    return made | {ENTRY: json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()}


def _chunk(records: Iterable[Record]) -> int:
    """`CHUNK` as Pagefind 1.5.2 counts: only the places of words without marks, which are few in
    some languages and all in others.
    """
    words = [word for one in records for word in str(one.get("content", "")).split()]
    return 1 + CHUNK * sum(map(str.isascii, words)) // max(1, len(words))


def _answers(requests: list[dict[str, Any]], chunk: int) -> Iterator[dict[str, Any]]:
    """What Pagefind says to each request."""
    settings = os.environ | {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(chunk)}
    process = Popen([_program(), "--service"], stdin=PIPE, stdout=PIPE, env=settings)
    assert process.stdin and process.stdout  # they are pipes
    asking = Thread(target=_ask, args=(process.stdin, requests))
    asking.start()
    try:
        answers = _messages(process.stdout)
        for _ in requests:
            yield next(answers)["payload"]
    except StopIteration:
        raise RuntimeError("Pagefind ended before it had answered.") from None
    finally:
        process.kill()
        asking.join()
        process.wait()
        process.stdout.close()
        with suppress(OSError):
            process.stdin.close()


def _ask(to: IO[bytes], requests: list[dict[str, Any]]) -> None:
    """Write while the answers are read, since neither pipe holds all."""
    for number, request in enumerate(requests, 1):
        message = {"message_id": number, "payload": request}
        try:
            to.write(b64encode(json.dumps(message).encode()) + b",")
            to.flush()
        except OSError:
            return  # it has ended, and whoever reads will say so


def _messages(source: IO[bytes]) -> Iterator[dict[str, Any]]:
    begun: list[bytes] = []
    while data := source.read1(READ):  # type: ignore[attr-defined]  # of a buffered pipe
        *ended, rest = data.split(b",")
        for end in ended:
            yield json.loads(b64decode(b"".join([*begun, end])))
            begun = []
        begun.append(rest)


@cache
def _program() -> str:
    from pagefind.service import get_executable  # slow to import, and seldom needed

    program = get_executable()
    if program is None:
        raise RuntimeError("There is no program “pagefind”. Install it: make site.")
    return str(program)
