"""Bodies for tests: one rendered by the site's own settings, and texts of any kind."""

from hypothesis import strategies as st

from pelicanconf import MARKDOWN
from plugins.model.problem import Level
from plugins.reading.body import Rendered, Renderer

PATH = "2008/03/hop.vi.md"


def rendered(text: str, first_line: int = 1) -> Rendered:
    """A body of the notice `2008/03/hop` that begins on a line of its file."""
    return Renderer(MARKDOWN, b"").render(PATH, text, first_line)


def html_of(text: str) -> str:
    """The HTML of a body that has no problem."""
    body = rendered(text)
    assert body.problems == ()
    return body.html


def told(text: str, level: Level) -> list[tuple[int, str]]:
    """The line and the first words of each problem of a body, by line."""
    problems = rendered(text).problems
    return sorted(
        (p.line, str(p.message).partition(" was ")[0]) for p in problems if p.level == level
    )


PIECES = r"""
#
##
-
1.
>
*
**
_
__
`
```
~~~
---
!
[
]
(
)
](
\
&
<
>
| a | b |
|:-|-:|
[a](
![a](
[a][b]
[b]: /c
[^1]
[^1]: chú thích
*[CNTT]: công nghệ
CNTT
Đối thoại
{: .a #b }
{: onclick="x()" style="color:red" }
{filename}
javascript:alert(1)
&#106;avascript:x
java&#10;script:x
JAVASCRIPT&colon;x
vbscript:x
data:text/html,x
https://example.org/
//example.org/x.png
mailto:a@example.org
../../..
<script>
</script>
<style>
</style>
<svg onload=x>
</svg>
<math><mi>
</math>
<iframe src=x>
</iframe>
<form action=x>
<input onfocus=x autofocus>
<object data=x>
<a href=
<a href='
<a href="
'>
">
</a>
<img src=x onerror=alert(1)>
<p style='x'>
<div markdown='1'>
</div>
<table><tr><td>
</table>
<noscript>
<template>
<title>
<textarea>
<!--
-->
<?php
?>
<![CDATA[
<![
]]>
<!DOCTYPE x>
<base href=//x>
<sup id='fnref
</sup>
<b.c@d.e>
<https://example.org>
&lt;
&#x3c;script&#x3e;
""".splitlines()
"""What Markdown, HTML and their abuse are made of."""

TEXTS = st.lists(
    st.sampled_from(["\n", "\n\n", " ", "    ", "  \n", *PIECES])
    | st.text(
        # What reading lets through: no control characters, no noncharacters.
        st.characters(exclude_categories=["Cc", "Cn", "Cs"], include_characters="\n\t"),
        max_size=8,
    ),
    max_size=30,
).map("".join)
"""Any text, of words and of what may be dangerous."""
