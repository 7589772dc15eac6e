"""Who looks at a page: by the configuration, the address it is asked at, and the sign-in."""

import time
from pathlib import Path

import pytest
import streamlit

from metrics.people import BROKEN, LOCAL, OPEN, VISITOR, Role
from ui.shell import actor, current_actor, personal

ACCESS = "roles:\n- {email: lan@hue.gov.vn, role: editor, teams: [hue]}\n"
LAN = {"is_logged_in": True, "sub": "1", "email": "lan@hue.gov.vn", "email_verified": True}


TOKEN = "t0ken"
HERE = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


class Said(dict):
    """Secrets, or what a provider says of a person, as Streamlit hands them out."""

    to_dict = dict.copy

    def load_if_toml_exists(self):
        return bool(self)


class Server:
    """What Streamlit tells of a server and of who asks."""

    def __init__(self, folder: Path) -> None:
        self.secrets, self.user, self.headers = Said(), Said(), dict(HERE)
        self.cookies, self.session_state = {"atlas_token_8501": TOKEN}, {}
        self.options = {"server.address": "localhost", "server.port": 8501}
        self.options["secrets.files"] = [str(folder / "secrets.toml")]
        self.context = self

    def get_option(self, name):
        return self.options[name]

    def configure(self, **secrets):
        self.secrets = Said(secrets)

    def sign_in(self):
        self.user = Said(LAN | {"iat": time.time()})


@pytest.fixture
def server(monkeypatch, tmp_path):
    made = Server(tmp_path)
    monkeypatch.delenv(actor.ACCESS_VARIABLE, raising=False)
    monkeypatch.setattr(actor, "st", made)
    monkeypatch.setattr(actor, "is_personal", personal.is_personal)  # tests of pages set it
    monkeypatch.setattr(personal, "st", made)
    monkeypatch.setattr(personal, "token", lambda: TOKEN)
    return made


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "::1", "127.1.2.3"])
def test_on_loopback_and_without_configuration_all_is_allowed(server, address):
    server.options["server.address"] = address
    assert current_actor() is LOCAL


@pytest.mark.parametrize("address", ["0.0.0.0", "", None, "10.0.0.5", "atlas.vn", "unix:///s"])
def test_on_a_network_and_without_configuration_everybody_looks(server, address):
    server.options["server.address"] = address
    assert current_actor() is OPEN


@pytest.mark.parametrize(
    "more",
    [
        {"X-Forwarded-For": "10.0.0.9"},
        {"Via": "1.1 proxy"},
        {"Host": "atlas.example"},
        {"Host": "127.0.0.1:8501", "Origin": "https://atlas.example"},
        {"Origin": "http://[bad"},
        # What a bare proxy passes on, and what is no browser.
        {"Origin": ""},
        {"Host": ""},
        {"Host": "", "Origin": ""},
        # Other pages of the machine, and a name that leads here.
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://127.0.0.1:8501"},
        {"Origin": "https://localhost:8501"},
        {"Origin": "null"},
        {"Host": "evil.test:8501", "Origin": "http://evil.test:8501"},
    ],
)
def test_from_elsewhere_the_token_is_worth_nothing(server, more):
    server.headers = HERE | more
    assert current_actor() is OPEN


@pytest.mark.parametrize("given", [None, "", "t0keN", "t0ken ", "đ", "\udcff"])
def test_loopback_alone_is_no_proof(server, given):
    server.cookies = {} if given is None else {"atlas_token_8501": given}
    assert current_actor() is OPEN


@pytest.mark.parametrize("place", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_who_brings_the_token_is_the_owner(server, place):
    server.headers = {"Host": place, "Origin": f"http://{place}"}
    assert current_actor() is LOCAL


def test_a_session_whose_connection_is_lost_is_still_its_owner_s(server):
    server.headers = {}
    assert current_actor() is OPEN
    server.headers = dict(HERE)
    assert current_actor() is LOCAL
    server.headers = {}
    assert current_actor() is LOCAL
    # Taken up again by somebody else.
    server.headers = HERE | {"Via": "1.1 proxy"}
    assert current_actor() is OPEN
    server.headers = {}
    assert current_actor() is OPEN


def test_who_has_not_signed_in_is_a_visitor_even_on_loopback(server):
    server.configure(auth={"client_id": "a"})
    assert current_actor() is VISITOR


def test_roles_come_from_the_secrets(server):
    rule = {"email": "lan@hue.gov.vn", "role": "editor", "teams": ["hue"]}
    server.configure(auth={"client_id": "a"}, atlas={"roles": [rule]})
    server.sign_in()
    assert current_actor().may_write("hue")
    server.configure(auth={"client_id": "a"})
    assert current_actor().role is Role.VIEWER


def test_roles_come_from_a_file_and_follow_it(server, tmp_path, monkeypatch):
    path = tmp_path / "access.yaml"
    path.write_text(ACCESS)
    monkeypatch.setenv(actor.ACCESS_VARIABLE, str(path))
    server.configure(auth={"client_id": "a"})
    server.sign_in()
    assert current_actor().may_write("hue")
    path.write_text(ACCESS.replace("hue]", "hue, bo]"))
    assert current_actor().may_write("bo")
    path.write_text("roles: king")
    assert current_actor() is BROKEN
    path.unlink()
    assert current_actor() is BROKEN


def test_roles_without_a_way_to_sign_in_make_nobody_local(server, tmp_path, monkeypatch):
    path = tmp_path / "access.yaml"
    path.write_text(ACCESS)
    monkeypatch.setenv(actor.ACCESS_VARIABLE, str(path))
    assert current_actor() is OPEN


def test_secrets_that_cannot_be_read_do_not_open_the_door(server, tmp_path):
    (tmp_path / "secrets.toml").write_text("[auth")
    assert current_actor() is BROKEN


def test_the_providers_to_choose_from(server):
    server.configure(auth={"cookie_secret": "s", "client_id": "a"})
    assert actor.providers() == ()
    server.configure(auth={"cookie_secret": "s", "vneid": {"client_id": "a"}})
    assert actor.providers() == ("vneid",)


def test_the_names_streamlit_has_are_the_ones_asked_for():
    assert streamlit.get_option("server.address") == "localhost"
    assert "secrets.toml" in streamlit.get_option("secrets.files")[-1]
