"""The preview: the site as it will be, drafts and all, renewed in the browser at each save.

It holds what it has read and makes a file only when a browser asks for it, so a save costs one
source and one page. It writes nothing into the output folder, and only this machine can ask it:
what is not published yet may be seen here, and nowhere else.

    memory      what was read, renewed by what was saved
    snapshot    the whole site of one moment, planned as far as it was asked for
    preview     what is shown now: the last good snapshot, and what is wrong since
    server      HTTP on loopback, and the events that make pages reload
    watching    what was saved
"""
