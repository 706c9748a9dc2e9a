"""The names that the server of the preview answers to.

The name of any other site may lead to this machine: a page of that site could then read
what is served here.
"""

import re
from ipaddress import ip_address

_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
_ALL_ADDRESSES = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared
_PORT = re.compile(r":\d*$")


def is_own_host(host: str, listening: str) -> bool:
    """Return whether `host`, a header of a request, names this server.

    `listening` is the host that the server was given. If that stands for all addresses
    of the machine, each address is a name of the server; other names are not.
    """
    name = _PORT.sub("", host.strip()).lower()
    if name in {*_LOCAL_HOSTS, listening.lower(), f"[{listening.lower()}]"}:
        return bool(name)
    return listening in _ALL_ADDRESSES and _is_address(name.strip("[]"))


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
