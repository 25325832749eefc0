"""Debian's nginx on loopback, with the configuration that the build made."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

CONFIGURATION = """\
daemon off;
user {user};
pid "{work}/pid";
error_log "{work}/log" error;
events {{}}
http {{
    access_log off;
    client_body_temp_path "{work}/body";
    proxy_temp_path "{work}/proxy";
    fastcgi_temp_path "{work}/fastcgi";
    uwsgi_temp_path "{work}/uwsgi";
    scgi_temp_path "{work}/scgi";
    server {{
        listen 127.0.0.1:{port};
        root "{root}";
        include "{include}";
        {after}
    }}
}}
"""


class Answer(NamedTuple):
    """What a server answers; the names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Server(NamedTuple):
    """A server that runs, at `http://127.0.0.1:<port>`."""

    port: int

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path, as it is written in a URL; `If_None_Match="x"` is a header."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, headers=given)
            answer = connection.getresponse()
            names = [name.lower() for name in answer.headers]
            assert len(names) == len(set(names)), f"{path} says a header twice: {names}"
            found = dict(zip(names, answer.headers.values(), strict=True))
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()


def program() -> str:
    """Where nginx is; `/usr/sbin` is not on the path of every user."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert found, "nginx is not here. Write: sudo apt-get install nginx"
    return found


@contextmanager
def serving(
    root: Path, work: Path, include: Path | None = None, after: str = ""
) -> Iterator[Server]:
    """A server of the folder `root` as long as this lasts, with the rules in `include`.

    `work` is an empty folder for its own files; `after` is what an administrator adds. The socket
    is opened here and handed over, so that nobody takes the port in between and no request comes
    too early.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        configuration = work / "nginx.conf"
        included = include or root / "nginx.conf"
        configuration.write_text(
            CONFIGURATION.format(
                user=pwd.getpwuid(os.getuid()).pw_name,
                work=work,
                port=port,
                root=root,
                include=included,
                after=after,
            )
        )
        command = [program(), "-p", str(work), "-e", str(work / "log"), "-c", str(configuration)]
        tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert tried.returncode == 0, tried.stderr
        process = subprocess.Popen(
            command,
            env={"NGINX": f"{listener.fileno()};"},
            pass_fds=[listener.fileno()],
        )
        try:
            yield Server(port)
        finally:
            process.terminate()
            process.wait(timeout=20)
