"""A crew of forked children under one foreman: restarted with back-off when they die, ended in order when asked."""

import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from yidang.site.runtime import processes

log = logging.getLogger(__name__)
GRACE_SECONDS = 20.0  # in which running jobs and requests may finish; after it jobs are handed back
_LONGEST_PAUSE = 30.0
_SOUND_AFTER = 60.0  # a child that lived this long starts afresh without a pause


@dataclass
class Post:
    """One place in the crew: a name and the function its holder runs. It is forked, so it inherits all imports."""

    name: str
    duty: Callable[[], None]
    is_task: bool = False  # done when it ends well, not started again
    pid: int = 0
    started: float = 0.0
    pause: float = 0.0
    retry_at: float = field(default=0.0, repr=False)


class Crew:
    """Fork the posts from a process without threads and without open database connections."""

    def __init__(self, posts: Sequence[Post], *, inherited: Sequence[Callable[[], None]] = ()) -> None:
        self.posts = list(posts)
        self.inherited = inherited  # closed in each child: locks that belong to the parent alone
        self._stopping = False

    def run(self, *, until: Callable[[], bool] = lambda: False, beside: Callable[[], None] = lambda: None) -> None:
        """Works until SIGTERM or SIGINT comes or `until` says so, then ends the children and returns.

        `beside` is called again and again between looking after the children.
        """
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._stop)
        try:
            while not self._stopping and not until():
                beside()
                self._fill_posts()
                time.sleep(0.1)
        finally:
            self.end()

    def start(self) -> None:
        """Forks the children and returns; for a caller that ends them itself and need not restart them."""
        self._fill_posts()

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _fill_posts(self) -> None:
        self._collect()
        now = time.monotonic()
        for post in self.posts:
            if post.pid == 0 and post.retry_at <= now:
                self._start(post)

    def _start(self, post: Post) -> None:
        parent = os.getpid()
        post.started = time.monotonic()
        post.pid = os.fork()
        if post.pid == 0:
            self._serve_post(post, parent)

    def _serve_post(self, post: Post, parent: int) -> None:
        code = 1
        try:
            for signum in (signal.SIGTERM, signal.SIGINT):
                signal.signal(signum, signal.SIG_DFL)
            os.setsid()  # Ctrl-C at the terminal reaches the foreman alone
            processes.die_with_parent(parent)
            processes.take_name(f"yidang-{post.name}")
            for close in self.inherited:
                close()
            post.duty()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            log.exception("%s failed", post.name)
        finally:
            os._exit(code)

    def _collect(self) -> None:
        for post in list(self.posts):
            if post.pid and not processes.is_alive(post.pid):
                self._bury(post)

    def _bury(self, post: Post) -> None:
        _, status = os.waitpid(post.pid, 0)
        post.pid = 0
        if post.is_task and status == 0:
            self.posts.remove(post)
            return
        now = time.monotonic()
        lived = now - post.started
        post.pause = 0.0 if lived > _SOUND_AFTER else min(_LONGEST_PAUSE, max(0.5, post.pause * 2))
        post.retry_at = now + post.pause
        log.warning("%s ended with status %s; it starts again in %.1f s", post.name, status, post.pause)

    def end(self, grace: float = GRACE_SECONDS) -> None:
        """Asks every child to finish what it does, then ends the ones that take longer than `grace`."""
        for post in self.posts:
            self._signal(post, signal.SIGTERM)
        deadline = time.monotonic() + grace
        for post in self.posts:
            if post.pid and not processes.wait_gone(post.pid, max(0.0, deadline - time.monotonic())):
                self._signal(post, signal.SIGKILL)
                processes.wait_gone(post.pid, 5)
            post.pid = 0

    def _signal(self, post: Post, signum: signal.Signals) -> None:
        if post.pid:
            try:
                os.kill(post.pid, signum)
            except ProcessLookupError:
                post.pid = 0
