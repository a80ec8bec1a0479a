"""Nobody outside is called, and nobody outside can call."""

from __future__ import annotations

from tests.attacks.conftest import Attack


def test_a_program_cannot_connect_by_tcp(contained: Attack) -> None:
    contained("""
        import socket
        attempt("tcp", lambda: socket.create_connection(("127.0.0.1", AIM["tcp"]), 1))
    """)


def test_a_program_cannot_send_a_datagram(contained: Attack) -> None:
    contained("""
        import socket
        attempt("udp", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", AIM["udp"])))
    """)


def test_a_program_cannot_look_up_a_name(contained: Attack) -> None:
    contained("""
        import socket
        attempt("dns", lambda: socket.getaddrinfo("example.org", 80))
    """)


def test_a_program_cannot_connect_to_a_socket_in_a_folder(contained: Attack) -> None:
    contained("""
        import socket
        attempt("path", lambda: socket.socket(socket.AF_UNIX).connect(AIM["path"]))
    """)


def test_a_program_cannot_connect_to_an_abstract_socket(contained: Attack) -> None:
    contained(r"""
        import socket
        attempt("abstract", lambda: socket.socket(socket.AF_UNIX).connect("\0" + AIM["abstract"]))
    """)


def test_a_program_cannot_send_from_a_pair_of_datagram_sockets(contained: Attack) -> None:
    contained(r"""
        import socket
        def send():
            one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
            one.sendto(b"x", "\0" + AIM["abstract"])
        attempt("pair", send)
    """)


def test_a_program_cannot_send_elsewhere_from_a_pair_of_stream_sockets(contained: Attack) -> None:
    contained(r"""
        import socket
        one, other = socket.socketpair()
        attempt("sendto", lambda: one.sendto(b"x", "\0" + AIM["abstract"]))
        attempt("connect", lambda: one.connect("\0" + AIM["abstract"]))
        attempt("listen", lambda: one.listen())
        one.sendall(b"a pair works")
        attempt("accept", lambda: other.accept())
    """)


def test_a_program_cannot_listen(contained: Attack) -> None:
    contained("""
        import socket
        attempt("listen", lambda: socket.create_server(("127.0.0.1", 0)))
    """)


def test_a_program_cannot_open_a_socket_of_any_family(contained: Attack) -> None:
    contained("""
        for family in range(1, 46):
            for kind in (1, 2, 3, 5):
                attempt(f"{family}.{kind}", lambda: call("socket", family, kind, 0))
    """)


def test_asyncio_works_all_the_same(attack: Attack) -> None:
    source = """
        import asyncio
        async def main():
            await asyncio.sleep(0)
            print("slept")
        asyncio.run(main())
    """
    assert attack(source).stdout == "slept\n"
