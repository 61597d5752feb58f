"""The process tree under everything that can happen to it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from harness import Archive, running, wait_for
from papers import typed_page
from yidang.site.runtime import postgres

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def test_it_serves_and_ends_cleanly_on_sigterm(archive):
    archive.serve()
    tree = archive.tree()
    assert len(tree) >= 6
    assert archive.end() == 0
    wait_for(lambda: not any(running(pid) for pid in tree))
    assert not (archive.home / "postgres" / "postmaster.pid").exists()


def test_it_ends_cleanly_on_ctrl_c(archive):
    archive.serve()
    archive.process.send_signal(signal.SIGINT)
    assert archive.process.wait(60) == 0


def test_stop_ends_it_and_says_when_there_is_nothing_to_stop(archive):
    archive.serve()
    assert archive.run("stop").returncode == 0
    assert archive.process.wait(5) == 0
    again = archive.run("stop")
    assert again.returncode == 0
    assert "No server" in again.stderr


def test_it_starts_after_everything_was_killed(archive):
    archive.serve().kill_all()
    archive.serve()
    assert archive.get("/sign-in/") == 200


def test_children_end_by_themselves_when_the_supervisor_is_killed(archive):
    archive.serve()
    tree = archive.tree()
    os.kill(archive.process.pid, signal.SIGKILL)
    archive.process.wait()
    wait_for(lambda: not any(running(pid) for pid in tree))


def test_it_starts_at_once_after_the_supervisor_was_killed(archive):
    archive.serve()
    archive.process.kill()
    archive.process.wait()
    archive.serve()  # PostgreSQL of the dead may still be writing its checkpoint
    assert archive.get("/sign-in/") == 200


def test_a_stale_pid_file_that_names_a_foreign_process_is_seen_through(archive):
    archive.serve().kill_all()
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
    pid_file = archive.home / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n")
    try:
        archive.serve()
        assert archive.get("/sign-in/") == 200
        assert bystander.poll() is None, "a process that is not ours was ended"
    finally:
        bystander.kill()
        bystander.wait()


def test_a_second_instance_is_refused_and_the_first_lives_on(archive):
    archive.serve()
    second = archive.run("serve", "--port", "0")
    assert second.returncode == 1
    assert str(archive.process.pid) in second.stderr
    assert "already runs" in second.stderr
    assert archive.get("/sign-in/") == 200


def test_a_taken_port_is_named_and_nothing_is_left_running(archive):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        outcome = archive.run("serve", "--port", str(port))
    assert outcome.returncode == 1
    assert str(port) in outcome.stderr
    assert "--port" in outcome.stderr
    assert not (archive.home / "postgres" / "postmaster.pid").exists()


def test_a_child_that_dies_is_replaced(archive):
    archive.serve()
    victims = [pid for pid in archive.tree() if name_of(pid) in {"yidang-jobs-0", "yidang-keeper", "yidang-web"}]
    assert len(victims) >= 3
    for pid in victims:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: {"yidang-jobs-0", "yidang-keeper", "yidang-web"} <= {name_of(pid) for pid in archive.tree()})
    wait_for(lambda: answers(archive))


def test_a_database_that_is_killed_comes_back_and_work_goes_on(archive):
    from yidang.site.runtime.postgres import read_pid_file

    archive.serve()
    killed = read_pid_file(archive.home / "postgres").pid
    os.kill(killed, signal.SIGKILL)
    assert archive.json("series"), "a command waits until the server's database answers again"
    assert read_pid_file(archive.home / "postgres").pid != killed
    assert archive.process.poll() is None
    assert archive.run("stop").returncode == 0


def test_a_half_made_database_folder_is_made_again(archive):
    (archive.home / "postgres.new").mkdir()
    (archive.home / "postgres.new" / "PG_VERSION").write_text("18")
    archive.serve()
    assert archive.get("/sign-in/") == 200


def test_commands_use_a_running_server_and_leave_it_running(archive):
    archive.serve()
    started = time.monotonic()
    assert archive.run("series", "--json").returncode == 0
    assert time.monotonic() - started < 20
    assert archive.get("/sign-in/") == 200


def test_commands_start_what_they_need_and_stop_it_again(archive):
    assert len(archive.json("series")) > 10
    assert not (archive.home / "postgres" / "postmaster.pid").exists()
    assert archive.run("series").returncode == 0


def test_two_commands_share_one_database(archive):
    archive.run("series")
    both = [archive.spawn("series") for _ in range(2)]
    assert [process.wait(90) for process in both] == [0, 0]
    assert not (archive.home / "postgres" / "postmaster.pid").exists()


def test_a_long_path_still_has_a_place_for_the_socket(tmp_path):
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    archive = Archive(home=deep)
    try:
        assert archive.run("series").returncode == 0
    finally:
        archive.remove()


@pytest.mark.parametrize(("variable", "value"), [("PROT", "1"), ("PORT", "many"), ("LANGUAGE", "fr")])
def test_settings_that_make_no_sense_are_refused_as_wrong_usage(archive, variable, value):
    outcome = archive.run("series", **{variable.lower(): value})
    assert outcome.returncode == 2
    assert f"YIDANG_{variable}" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def answers(archive: Archive) -> bool:
    try:
        return archive.get("/sign-in/") == 200
    except OSError:
        return False


def test_sigterm_in_the_middle_of_work_leaves_no_job_behind(archive, tmp_path):
    for number in range(60):
        (tmp_path / f"{number:03}.pdf").write_bytes(typed_page("基本医疗保险参保登记表", number))
    archive.serve()
    ingest = archive.spawn("ingest", str(tmp_path), "--series", "CBGR", "--year", "2024")
    wait_for(lambda: job_count(archive.home, "status in ('todo', 'doing')"), 60)
    started = time.monotonic()
    assert archive.end() == 0
    assert time.monotonic() - started < 35, "twenty seconds for running jobs, and some to stop"
    ingest.kill()
    ingest.wait()
    cluster = postgres.Cluster(archive.home)
    cluster.start()
    try:
        assert job_count(archive.home, "status = 'doing'") == 0
    finally:
        cluster.stop()


def job_count(home: Path, condition: str) -> int:
    with psycopg.connect(postgres.url(home)) as connection:
        return connection.execute(f"select count(*) from procrastinate_jobs where {condition}").fetchone()[0]
