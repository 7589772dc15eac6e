"""Settings of an operator: followed as they are written, or refused with what is allowed."""

import pytest

from ui.serving import middleware
from ui.serving.settings import SettingError, Settings, read, settings

GOOD = {
    "ATLAS_FRAME_ANCESTORS": "'self' https://paper.example, https://*.gov.example:8443",
    "ATLAS_HOSTS": "Atlas.example *.gov.example,[::1]",
    "ATLAS_LOG": " json ",
    "ATLAS_METRICS_TOKEN": "a-token-of-16-signs",
    "ATLAS_REPLICA": "app-2",
}


def test_without_settings_the_app_answers_any_name_and_frames_itself_alone():
    assert read({}) == Settings()
    assert read(dict.fromkeys(GOOD, " ")) == Settings()


def test_settings_are_read():
    assert read(GOOD) == Settings(
        frames=("'self'", "https://paper.example", "https://*.gov.example:8443"),
        hosts=("atlas.example", "*.gov.example", "[::1]"),
        json_log=True,
        metrics="a-token-of-16-signs",
        replica="app-2",
    )


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("ATLAS_FRAME_ANCESTORS", "https://x.example;script-src *"),
        ("ATLAS_FRAME_ANCESTORS", "https://x.example\r\nSet-Cookie: a=b"),
        ("ATLAS_FRAME_ANCESTORS", "https://x.example\n"),
        ("ATLAS_FRAME_ANCESTORS", "javascript:alert(1)"),
        ("ATLAS_FRAME_ANCESTORS", "https://x.example/path"),
        ("ATLAS_FRAME_ANCESTORS", "'none' https://x.example"),
        ("ATLAS_FRAME_ANCESTORS", "self"),
        ("ATLAS_HOSTS", "https://atlas.example"),
        ("ATLAS_HOSTS", "atlas.example:443"),
        ("ATLAS_HOSTS", "*"),
        ("ATLAS_HOSTS", "a b\0c"),
        ("ATLAS_LOG", "yaml"),
        ("ATLAS_METRICS_TOKEN", "short"),
        ("ATLAS_METRICS_TOKEN", "a token with blanks in it"),
        ("ATLAS_METRICS_TOKEN", "ă-token-of-16-signs"),
        ("ATLAS_METRICS_TOKEN", "a-token-of-16-signs\n"),
        ("ATLAS_REPLICA", "a; Domain=evil.example"),
        ("ATLAS_REPLICA", "a\r\nX: y"),
    ],
)
def test_what_cannot_be_followed_is_refused_by_name(name, given):
    with pytest.raises(SettingError) as refused:
        read({name: given})
    for lang in ("vi", "en"):
        assert refused.value.say(lang).startswith(name)
    if "TOKEN" in name:
        assert given not in str(refused.value)


def test_a_wrong_setting_ends_the_start_with_a_sentence(monkeypatch):
    monkeypatch.setenv("ATLAS_LOG", "yaml")
    settings.cache_clear()
    with pytest.raises(SystemExit, match="ATLAS_LOG may be text, json"):
        middleware()
    settings.cache_clear()
