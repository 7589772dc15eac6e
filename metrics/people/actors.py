"""Who does something to the store, and what that person may do."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from base.words import Lang, t
from metrics.store import StoreError

# Datasets without a team are of the installation as a whole: only administrators change them.
NO_TEAM: Final = ""
Standing = Literal["known", "visitor", "expired", "open", "broken"]
Action = Literal[
    "load",
    "supersede",
    "withdraw",
    "restore",
    "publish",
    "unpublish",
    "define_indicator",
    "alias",
    "boundaries",
    "restore_backup",
    "refresh",
]
May = Literal["team", "some", "admin"]


class Role(StrEnum):
    """What a person may do: look; load datasets of own teams; all."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"


class NotAllowed(StoreError):
    """The person may not do this; nothing was changed.

    Parameters
    ----------
    actor, action
        Who wanted to do what.
    may
        Who may: editors of one team, any editor, administrators alone.
    team
        The team, where it is one's.
    """

    def __init__(self, actor: Actor, action: Action, may: May, team: str = NO_TEAM) -> None:
        super().__init__(action)
        self.actor = actor
        self.action = action
        self.may = may
        self.team = team

    def say(self, lang: Lang) -> str:
        """Say who may not do what, who may, and why."""
        who = self.actor.name or t("access.visitor", lang)
        what = t(f"access.do.{self.action}", lang)
        told = t(f"access.refused.{self.may}", lang, who=who, what=what, team=self.team)
        if self.actor.standing != "known":
            told += " " + t(f"access.why.{self.actor.standing}", lang)
        return f"{told} {t('access.refused.nothing', lang)}"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with a role.

    Attributes
    ----------
    name
        Who it is, for the audit; "" for a visitor who has not signed in.
    role
        See `Role`.
    teams
        Whose datasets an editor may change. On a personal install there is one team, "".
    reads
        Whose private datasets the person may see besides.
    called
        What the person is called on screen; chosen by that person, so never proof of anything.
    standing
        How it is known who this is: ``known``; ``visitor``: not signed in; ``expired``: signed in
        too long ago; ``open``: the server asks nobody to sign in; ``broken``: the configuration of
        access cannot be read.
    """

    name: str
    role: Role = Role.VIEWER
    teams: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    called: str = ""
    standing: Standing = "known"

    @property
    def writes(self) -> bool:
        """Whether there is anything that this person may change."""
        return self.role is Role.ADMIN or (self.role is Role.EDITOR and bool(self.teams))

    def may_write(self, team: str) -> bool:
        """Tell whether datasets of a team may be loaded, superseded or withdrawn."""
        return self.role is Role.ADMIN or (self.role is Role.EDITOR and team in self.teams)

    def may_read(self, team: str) -> bool:
        """Tell whether private datasets of a team may be seen."""
        return self.role is Role.ADMIN or team in self.teams or team in self.reads

    def check(self, team: str, action: Action) -> None:
        """Refuse what may not be done to what a team owns.

        Raises
        ------
        NotAllowed
            Naming the person, the action, the team and who may.
        """
        if not self.may_write(team):
            raise NotAllowed(self, action, "team" if team else "admin", team)

    def check_some(self, action: Action) -> None:
        """Refuse what only those may do who may change something at all.

        Raises
        ------
        NotAllowed
            Naming the person, the action and who may.
        """
        if not self.writes:
            raise NotAllowed(self, action, "some")

    def check_admin(self, action: Action) -> None:
        """Refuse what only administrators may do.

        Raises
        ------
        NotAllowed
            Naming the person, the action and who may.
        """
        if self.role is not Role.ADMIN:
            raise NotAllowed(self, action, "admin")


# Without any configuration the app listens on loopback only, and whoever sits there may do all.
LOCAL = Actor("local", Role.ADMIN, frozenset({NO_TEAM}))


def owner() -> Actor:
    """Return who runs this process: may do all, as whoever can write the files of the store can."""
    try:
        return Actor(f"{LOCAL.name} {getpass.getuser()}", Role.ADMIN, LOCAL.teams)
    except (KeyError, OSError):  # a user id without a name, as in some containers
        return LOCAL
