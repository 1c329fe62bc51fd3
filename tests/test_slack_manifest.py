"""The Slack app's manifest asks for exactly what the bot uses."""

import json
from typing import Any

import jsonschema
import pytest
import yaml

from bot.adapters.slack_adapter.checks import SCOPES
from bot.adapters.slack_adapter.home import PROMPTS
from bot.adapters.slack_adapter.listeners import EVENTS, MESSAGE_SHORTCUTS
from bot.adapters.slack_adapter.slash import COMMAND
from bot.adapters.slack_adapter.transports import PATH
from tests.conftest import ROOT
from tests.e2e.slack.fake.web_api import SCOPES as NEEDED

TEXT = (ROOT / "deploy" / "slack-manifest.yaml").read_text(encoding="utf-8")
MANIFEST: dict[str, Any] = yaml.safe_load(TEXT)
SCHEMA = ROOT.parent / "shared" / "specs" / "manifest.schema.2.0.0.json"


def test_the_scopes_are_those_that_are_checked_at_the_start() -> None:
    scopes = MANIFEST["oauth_config"]["scopes"]["bot"]
    assert scopes == sorted(SCOPES)


def test_every_scope_is_there_that_a_method_needs() -> None:
    assert set(NEEDED.values()) <= SCOPES


def test_the_events_commands_and_shortcuts_are_those_that_are_listened_to() -> None:
    features = MANIFEST["features"]
    assert MANIFEST["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)
    assert [one["command"] for one in features["slash_commands"]] == [COMMAND]
    assert [one["callback_id"] for one in features["shortcuts"]] == list(MESSAGE_SHORTCUTS)
    assert features["agent_view"]["suggested_prompts"] == list(PROMPTS)


def test_in_http_mode_three_addresses_lead_to_the_bot() -> None:
    assert TEXT.count(f"https://newsdesk.example.com{PATH}") == 3
    assert PATH in (ROOT / "deploy" / "slack.md").read_text(encoding="utf-8")


def test_slack_takes_the_manifest() -> None:
    if not SCHEMA.exists():
        pytest.skip(f"the schema is not at hand: {SCHEMA}")
    jsonschema.validate(MANIFEST, json.loads(SCHEMA.read_text(encoding="utf-8")))
