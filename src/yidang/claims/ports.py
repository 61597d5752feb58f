"""What rooms above keep of claims: what stands against forgetting, and what they forget in the same transaction."""

from collections.abc import Callable, Collection

Claims = Collection[int]
Keep = Callable[[Claims], str]
Forget = Callable[[Claims], None]
_keepers: list[Keep] = []
_forgetters: list[Forget] = []


def keeps(keep: Keep) -> None:
    """`keep` names what needs one of the claims, or says nothing."""
    if keep not in _keepers:
        _keepers.append(keep)


def forgets(forget: Forget) -> None:
    if forget not in _forgetters:
        _forgetters.append(forget)


def what_keeps(claims: Claims) -> str:
    return next((words for keep in _keepers if (words := keep(claims))), "")


def forget_elsewhere(claims: Claims) -> None:
    for forget in _forgetters:
        forget(claims)
