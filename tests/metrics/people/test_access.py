"""Who a sign-in is, and what the configuration lets that person do."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.words import LANGS
from metrics.people import (
    LOCAL,
    AccessError,
    Actor,
    NotAllowed,
    Policy,
    Role,
    actor_of,
    owner,
    policy_of,
    read_policy,
)
from metrics.people.access import EXPIRED

ISSUER = "https://id.example.vn"
POLICY = policy_of(
    {
        "roles": [
            {"email": "Lan@Hue.gov.vn", "role": "editor", "teams": ["hue"]},
            {"group": "thong-ke", "role": "viewer", "teams": ["bo"]},
            {"subject": "42", "issuer": ISSUER, "role": "admin"},
        ]
    },
    "test",
)


def signed_in(**claims):
    fields = {"sub": "1", "iss": ISSUER, "iat": time.time(), "email": "a@b.vn"}
    return actor_of(fields | claims, POLICY)


def test_an_editor_is_known_by_a_verified_address():
    lan = signed_in(email="lan@hue.gov.vn", email_verified=True, name="Lan")
    assert (lan.name, lan.role, lan.called) == ("lan@hue.gov.vn", Role.EDITOR, "Lan")
    assert lan.may_write("hue")
    assert not lan.may_write("bo")
    assert not lan.may_write("")


@pytest.mark.parametrize("verified", [{}, {"email_verified": False}, {"email_verified": "yes"}])
def test_an_address_that_is_not_verified_counts_for_nothing(verified):
    claimed = signed_in(email="lan@hue.gov.vn", **verified)
    assert claimed.role is Role.VIEWER
    assert claimed.name == "1 @ id.example.vn"


def test_letters_that_become_others_when_lowered_are_another_address():
    policy = policy_of({"roles": [{"email": "kim@a.vn", "role": "admin"}]}, "test")
    claims = {"iat": time.time(), "email": "\N{KELVIN SIGN}im@a.vn", "email_verified": True}
    assert actor_of(claims, policy).role is Role.VIEWER


@pytest.mark.parametrize(
    ("claims", "role"),
    [({"sub": "42"}, Role.ADMIN), ({"sub": "42", "iss": "https://other.vn"}, Role.VIEWER)],
)
def test_a_subject_counts_at_its_own_provider_alone(claims, role):
    assert signed_in(**claims).role is role


def test_seeing_one_team_and_changing_another_do_not_add_up():
    both = signed_in(email="lan@hue.gov.vn", email_verified=True, groups=["thong-ke", 7])
    assert both.may_read("bo")
    assert not both.may_write("bo")
    assert both.may_write("hue")


def test_groups_are_found_in_nested_claims_and_under_names_with_dots():
    rule = {"roles": [{"group": "g", "role": "admin"}]}
    nested = policy_of(rule | {"group_claim": "realm_access.roles"}, "test")
    dotted = policy_of(rule | {"group_claim": "https://vneid.vn/groups"}, "test")
    now = {"iat": time.time()}
    assert actor_of(now | {"realm_access": {"roles": ["g"]}}, nested).role is Role.ADMIN
    assert actor_of(now | {"https://vneid.vn/groups": "g"}, dotted).role is Role.ADMIN
    assert actor_of(now | {"realm_access": "g"}, nested).role is Role.VIEWER


@pytest.mark.parametrize("made", [None, "soon", 0])
def test_a_sign_in_that_is_old_or_of_unknown_age_is_over(made):
    assert signed_in(sub="42", iat=made) is EXPIRED


def test_names_are_one_line_of_printable_text():
    hostile = signed_in(sub="x\n=cmd|\u202e", name="a" * 999)
    assert hostile.name.isprintable()
    assert len(hostile.called) == 120


@pytest.mark.parametrize(
    "record",
    [
        {"roles": [{"email": "a@b.vn", "role": "editor"}]},
        {"roles": [{"role": "admin"}]},
        {"roles": [{"email": "a@b.vn", "group": "g", "role": "admin"}]},
        {"roles": [{"email": "a@b.vn", "role": "king"}]},
        {"rolls": []},
        ["admin"],
    ],
)
def test_a_configuration_that_says_something_else_is_refused(record):
    with pytest.raises(AccessError, match=r"docs/access\.md"):
        policy_of(record, "test")


def test_a_configuration_is_read_from_a_file(tmp_path):
    path = tmp_path / "access.yaml"
    path.write_text("hours: 1\nroles:\n- {group: g, role: editor, teams: [b, a]}\n")
    assert read_policy(path).teams == ("a", "b")
    path.write_text("roles: [")
    with pytest.raises(AccessError, match="cannot be read"):
        read_policy(path)
    path.write_text("")
    assert read_policy(path) == Policy()


@given(
    st.dictionaries(
        st.sampled_from(["sub", "iss", "iat", "email", "email_verified", "groups", "name"]),
        st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists),
    )
)
def test_whatever_a_sign_in_says_nobody_unnamed_may_write(claims):
    claims = {k: v for k, v in claims.items() if (k, v) != ("sub", "42")}
    if claims.get("iat") is not None:
        claims["iat"] = time.time()
    assert not actor_of(claims, POLICY).writes


def test_a_refusal_says_who_what_whose_and_why():
    for lang in LANGS:
        with pytest.raises(NotAllowed) as refused:
            Actor("lan", Role.EDITOR, frozenset({"hue"})).check("bo", "withdraw")
        assert "lan" in refused.value.say(lang)
        assert "bo" in refused.value.say(lang)
        with pytest.raises(NotAllowed) as refused:
            EXPIRED.check_admin("boundaries")
        assert "{" not in refused.value.say(lang)
    LOCAL.check_admin("boundaries")
    assert owner().name.startswith("local")
