"""The preview: what is seen of saved files, what is shown of a bank, and who may ask for it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quizlib.preview.building import views
from quizlib.preview.server import HOST, PortTakenError, Server
from quizlib.preview.state import State, View
from quizlib.preview.watching import at_rest, snapshot, watch
from quizlib.validation import Settings

GOOD = "format: 1\nid: a\ntitle: A <b>title\nquestions:\n  - {id: q, type: essay, stem: Why?}\n"
WRONG = (
    "format: 1\nid: a\ntitle: A\nquestions:\n"
    "  - {id: q, type: code_output, stem: What?, code: {source: print(1)}, answer: 2}\n"
)
BROKEN = "format: 1\nid: a\ntitle: [\n"
UNRUN = Settings(run=False)


def test_a_change_is_worked_on_once_after_it_has_come_to_rest() -> None:
    states = iter([0, 0, 0, 1, 2, 3, 3, 3, 3])
    worked: list[int] = []
    waits = iter([False] * 8 + [True] * 3)
    watch(lambda: next(states), lambda: next(waits), lambda: worked.append(1))
    assert len(worked) == 2


def test_who_saves_all_the_time_sees_something_too() -> None:
    counter = iter(range(100))
    assert at_rest(lambda: next(counter), lambda: False, -1) < 10


def test_what_is_saved_while_the_work_is_done_is_worked_on_after_it() -> None:
    state, worked = [0], []
    waits = iter([False] * 6 + [True] * 5)

    def work() -> None:
        worked.append(state[0])
        if state[0] < 2:
            state[0] += 1  # saved meanwhile

    watch(lambda: state[0], lambda: next(waits), work)
    assert worked == [0, 1, 2]


def test_any_file_of_the_folder_counts_but_hidden_ones(tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text("a", "utf-8")
    before = snapshot(tmp_path, bank)
    assert snapshot(tmp_path, bank) == before
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x").touch()
    (tmp_path / ".bank.yaml.swp").touch()
    assert snapshot(tmp_path, bank) == before
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.png").touch()
    with_image = snapshot(tmp_path, bank)
    assert with_image != before
    bank.write_text("bb", "utf-8")
    assert snapshot(tmp_path, bank) != with_image
    bank.unlink()
    assert len(snapshot(tmp_path, bank)) == 1
    assert snapshot(tmp_path / "gone", bank) == frozenset()


def test_a_folder_with_very_many_files_is_looked_at_in_part(tmp_path: Path) -> None:
    for folder in range(3):
        (tmp_path / str(folder)).mkdir()
        for number in range(1500):
            (tmp_path / str(folder) / str(number)).touch()
    bank = tmp_path / "2" / "bank.yaml"
    bank.touch()
    found = snapshot(tmp_path, bank)
    assert len(found) < 4000
    assert any(path == str(bank) for path, *_ in found)


def last(path: Path, settings: Settings = UNRUN, before: View | None = None) -> View:
    *_, view = views(str(path), settings, before or View())
    return view


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "bank.yml"
    path.write_text(GOOD, "utf-8")
    return path


def test_a_bank_that_breaks_or_goes_keeps_its_last_page_and_shows_the_faults(bank: Path) -> None:
    good = last(bank)
    assert good.page is not None
    assert good.data["findings"] == []
    bank.write_text(BROKEN, "utf-8")
    broken = last(bank, before=good)
    assert broken.page == good.page
    assert [one["code"] for one in broken.data["findings"]] == ["QZ003"]
    bank.rename(bank.with_name("other"))
    gone = last(bank, before=broken)
    assert gone.page == good.page
    assert [one["code"] for one in gone.data["findings"]] == ["QZ001"]
    bank.with_name("other").write_text(GOOD.replace("Why?", "How?"), "utf-8")
    bank.with_name("other").rename(bank)
    again = last(bank, before=gone)
    assert again.page not in (None, good.page)
    assert again.data["findings"] == []


@pytest.mark.parametrize("text", [BROKEN, "", "a: b\n", "format: 1\nid: a\ntitle: A\nquestions: []\n"])
def test_a_bank_that_is_not_sound_at_first_has_no_page(bank: Path, text: str) -> None:
    bank.write_text(text, "utf-8")
    view = last(bank)
    assert view.page is None
    assert view.data["findings"]


def test_the_page_comes_before_the_programs_are_run_and_the_finding_after(bank: Path) -> None:
    bank.write_text(WRONG, "utf-8")
    first, second = views(str(bank), Settings(isolation="best-effort"), View())
    assert (first.is_checking, second.is_checking) == (True, False)
    assert first.page == second.page is not None
    assert first.data["findings"] == []
    (wrong,) = second.data["findings"]
    assert (wrong["code"], wrong["question"], wrong["shown"]) == ("QZ401", "q", "q")
    assert wrong["where"].startswith(f"{bank}:5:")
    assert "answer: 2" in wrong["excerpt"]


def test_a_fault_of_quizlib_is_shown_and_the_last_page_kept(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = last(bank)
    monkeypatch.delenv("QUIZ_DEBUG", raising=False)
    monkeypatch.setattr("quizlib.exporting.export", lambda *_: 1 / 0)
    view = last(bank, before=good)
    assert view.page == good.page
    assert view.data["summary"] == ["internal error: ZeroDivisionError: division by zero"]


def test_a_thousand_findings_are_cut(bank: Path) -> None:
    bank.write_text("format: 1\nid: a\ntitle: A\nquestions:\n" + "  - {}\n" * 1000, "utf-8")
    view = last(bank)
    assert len(view.data["findings"]) == 300
    assert view.data["more"] >= 700


@pytest.fixture
def server() -> Iterator[Server]:
    started = Server(State())
    threading.Thread(target=started.serve_forever, daemon=True).start()
    yield started
    started.state.close()
    started.shutdown()
    started.server_close()


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body, answer.headers


def state_of(server: Server, after: str = "0") -> dict[str, Any]:
    data: dict[str, Any] = json.loads(ask(server, f"/{server.token}/state?after={after}")[1])
    return data


def test_the_page_is_served_with_its_surroundings_and_nothing_else(server: Server) -> None:
    top = f"/{server.token}/"
    assert ask(server, f"{top}page")[0] == 404
    server.state.publish(View(b"<p>page", {"title": "A"}, False))
    status, body, headers = ask(server, f"{top}page")
    assert (status, body) == (200, b"<p>page")
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    status, body, headers = ask(server, top)
    assert status == 200
    assert b"<script src=" in body
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for name in ("preview.js", "preview.css"):
        assert ask(server, top + name)[0] == 200
    for name in (
        "preview.py",
        "../server.py",
        "static/preview.js",
        "%2e%2e/x",
        "etc/passwd",
        "/etc/passwd",
        "page/",
        "\\",
    ):
        assert ask(server, top + name)[0] == 404
    assert ask(server, f"{top}page", "HEAD")[1] == b""


@pytest.mark.parametrize("path", ["/", "/page", "/state", "/x/page", "//page", "", "/%00"])
def test_without_the_secret_word_there_is_nothing(server: Server, path: str) -> None:
    server.state.publish(View(b"page"))
    status, body, _ = ask(server, path)
    assert status == 404
    assert server.token.encode() not in body


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Host": ""},
        {"Host": "localhost.evil.example:{port}"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_another_host_or_site_is_refused(server: Server, headers: dict[str, str]) -> None:
    given = {name: value.format(port=server.port) for name, value in headers.items()}
    server.state.publish(View(b"page"))
    status, body, _ = ask(server, f"/{server.token}/page", **given)
    assert (status, body) == (403, b"This preview is for this machine only.\n")


def test_this_machine_may_be_called_by_its_name(server: Server) -> None:
    assert ask(server, f"/{server.token}/", Host=f"LocalHost:{server.port}", Sec_Fetch_Site="same-origin")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(server: Server, method: str) -> None:
    assert ask(server, f"/{server.token}/page", method)[0] == 501


def test_it_is_not_reached_from_other_machines(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_browser_waits_for_what_is_newer_than_what_it_has(server: Server) -> None:
    server.state.publish(View(b"one", {"findings": []}, True))
    first = state_of(server)
    assert (first["version"], first["checking"]) == (1, True)
    answers: list[dict[str, Any]] = []
    waiting = threading.Thread(target=lambda: answers.append(state_of(server, "1")))
    waiting.start()
    server.state.publish(View(b"two", {"findings": []}, False))
    waiting.join(30)
    assert [(one["version"], one["checking"]) for one in answers] == [(2, False)]
    assert answers[0]["page"] != first["page"]


@pytest.mark.parametrize("after", ["", "x", "-1", "1e9", "٣", "9" * 400])
def test_a_strange_version_is_none(server: Server, after: str) -> None:
    server.state.publish(View(b"one"))
    from urllib.parse import quote

    assert state_of(server, quote(after))["version"] == 1


def test_a_browser_that_waits_is_let_go_at_the_end() -> None:
    state = State()
    state.close()
    assert state.newer_than(5, 1000)[0] == 0


def test_half_a_request_hinders_nobody(server: Server) -> None:
    with socket.create_connection((HOST, server.port)) as half:
        half.sendall(b"GET / HT")
        assert ask(server, f"/{server.token}/")[0] == 200


def test_a_port_that_is_taken_is_refused_and_else_another_one_is_found(server: Server) -> None:
    with pytest.raises(PortTakenError):
        Server(State(), server.port)
    with Server(State()) as other:
        assert other.port != server.port
        assert other.token != server.token
        assert other.address == f"http://127.0.0.1:{other.port}/{other.token}/"


def test_the_environment_says_whether_there_is_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    from quizlib.cli.preview import _has_display

    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not _has_display()
    monkeypatch.setitem(os.environ, "DISPLAY", ":0")
    assert _has_display()


def test_connections_that_say_nothing_are_bounded_and_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "most_connections", 2)
    with Server(State()) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        silent = [socket.create_connection((HOST, server.port), timeout=30) for _ in range(2)]
        with socket.create_connection((HOST, server.port), timeout=30) as third:
            assert third.recv(1) == b""
        for one in silent:
            one.close()
        while not _is_answered(server):  # the threads of those that are gone end by and by
            pass
        server.shutdown()


def _is_answered(server: Server) -> bool:
    with socket.create_connection((HOST, server.port), timeout=30) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        try:
            return connection.recv(4) == b"HTTP"
        except ConnectionError:
            return False
