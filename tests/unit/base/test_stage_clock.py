"""Stages are counted over processes, each second once."""

from __future__ import annotations

import os

from generator.base.parallel import Workers
from generator.base.stage_clock import add_share, share_of, stage, take_spent


def work(rounds: int) -> int:
    with stage("count"):
        return sum(range(rounds))


def test_what_another_process_spends_is_added_once() -> None:
    take_spent()
    here, share = share_of(lambda: work(2_000_000))
    add_share(share)
    own = take_spent()
    assert here == sum(range(2_000_000))
    assert own == dict(share.seconds)
    assert own["count"] > 0
    with Workers(2) as workers:
        (_, one), (_, other) = (
            made for _, made in workers.spread([lambda: share_of(lambda: work(2_000_000))] * 2)
        )
    add_share(one)
    add_share(other)
    apart = [each for each in (one, other) if each.process != os.getpid()]
    assert take_spent().get("count", 0) >= sum(each.seconds["count"] for each in apart)
