# Copyright the camel-llm authors
# SPDX-License-Identifier: Apache-2.0
"""Where the gateway is, what it is asked, and what is demanded of its answers."""

import json
import os
import time
import urllib.request

import pydantic

BASE_URL = os.environ["GATEWAY_BASE_URL"]
API_KEY = os.environ["GATEWAY_API_KEY"]
WRONG_KEY = "sk-nobody-" + 64 * "0"
MODEL = "demo"

STORY = (
    "Ada Lovelace was born in London in 1815. She worked with Charles Babbage on the Analytical"
    " Engine, and wrote the first program that was ever meant for a machine."
)
ORDER = "Where is this order?\n\nCustomer: Ada Lovelace\nCity: London\nQuantity: 3"
WEATHER = "How is the weather here?\n\nCity: Paris"
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwACh"
    "wGA60e6kgAAAABJRU5ErkJggg=="
)


class Order(pydantic.BaseModel):
    customer: str
    city: str
    quantity: int


class Weather(pydantic.BaseModel):
    city: str


def user(text):
    return [{"role": "user", "content": text}]


def asking_for_weather():
    """A tiny model calls a tool only where the call is begun for it."""
    begun = os.environ.get("CLIENTS_TOOL_PREFILL")
    return user(WEATHER) + ([{"role": "assistant", "content": begun}] if begun else [])


class Deltas:
    """The texts of a stream, and when each of them came."""

    def __init__(self):
        self.texts = []
        self.times = []

    def add(self, text):
        if text:
            self.texts.append(text)
            self.times.append(time.monotonic())

    def came_over_time(self):
        assert len(self.texts) > 10
        assert self.times[-1] - self.times[0] > 1


def nothing_is_in_flight():
    """Within 5 s, which is long before an answer of the model slower would have ended by itself."""
    end = time.monotonic() + 5
    while count := in_flight():
        assert time.monotonic() < end, f"{count} calls are still in flight"
        time.sleep(0.02)


def in_flight():
    request = urllib.request.Request(
        BASE_URL.removesuffix("/v1") + "/status.json",
        headers={"Authorization": f"Bearer {API_KEY}"},
    )
    with urllib.request.urlopen(request) as answer:
        status = json.load(answer)
    return status["requests"]["streams"] + sum(model["inFlight"] for model in status["models"])
