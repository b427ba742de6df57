# Copyright the camel-llm authors
# SPDX-License-Identifier: Apache-2.0
"""The package litellm, as a client."""

import json
import os

# Otherwise it asks the network for prices when it is imported.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import litellm
import openai
import pytest
from gateway import (
    API_KEY,
    BASE_URL,
    MODEL,
    ORDER,
    STORY,
    WRONG_KEY,
    Deltas,
    Order,
    asking_for_weather,
    nothing_is_in_flight,
    user,
)

TOOL = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "The weather of a city, now",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}},
            "required": ["city"],
        },
    },
}


def ask(model=MODEL, messages=user(STORY), api_key=API_KEY, **request):
    return litellm.completion(
        model="openai/" + model,
        messages=messages,
        api_base=BASE_URL,
        api_key=api_key,
        max_retries=0,
        **request,
    )


def embed(**request):
    return litellm.embedding(model="openai/" + MODEL, api_base=BASE_URL, api_key=API_KEY, **request)


def test_chat():
    answer = ask(max_tokens=40)
    assert answer.choices[0].message.content
    assert answer.usage.prompt_tokens > 0 and answer.usage.completion_tokens > 0


def test_stream_arrives_over_time():
    deltas = Deltas()
    for chunk in ask("slow", stream=True):
        deltas.add(chunk.choices[0].delta.content)
    deltas.came_over_time()


def test_stream_without_usage():
    assert all("usage" not in chunk for chunk in ask(max_tokens=40, stream=True))


def test_stream_with_usage():
    *_, last = ask(max_tokens=40, stream=True, stream_options={"include_usage": True})
    assert last.usage.prompt_tokens > 0 and last.usage.completion_tokens > 0


def test_tool():
    answer = ask(messages=asking_for_weather(), tools=[TOOL], tool_choice="required", max_tokens=40)
    assert answer.choices[0].finish_reason == "tool_calls"
    (call,) = answer.choices[0].message.tool_calls
    assert call.function.name == "weather" and "city" in json.loads(call.function.arguments)


def test_tool_streamed():
    chunks = list(
        ask(
            messages=asking_for_weather(),
            tools=[TOOL],
            tool_choice="required",
            max_tokens=40,
            stream=True,
        )
    )
    (call,) = litellm.stream_chunk_builder(chunks).choices[0].message.tool_calls
    assert call.id and call.function.name == "weather"
    assert "city" in json.loads(call.function.arguments)


def test_result_of_tool():
    call = {"name": "weather", "arguments": json.dumps({"city": "Paris"})}
    messages = [
        *user("How is the weather in Paris?"),
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "call_1", "type": "function", "function": call}],
        },
        {"role": "tool", "tool_call_id": "call_1", "content": '{"degrees": 21}'},
    ]
    assert ask(messages=messages, tools=[TOOL], max_tokens=40).choices[0].message.content


def test_structured_output():
    answer = ask(messages=user(ORDER), response_format=Order)
    Order.model_validate_json(answer.choices[0].message.content)


def test_embeddings():
    answer = embed(input=["one", "two words"])
    assert [item["index"] for item in answer.data] == [0, 1]
    assert all(isinstance(number, float) for item in answer.data for number in item["embedding"])


def test_embeddings_as_numbers():
    numbers = embed(input=["one"], encoding_format="float").data[0]["embedding"]
    assert all(isinstance(number, float) for number in numbers)


def test_models():
    models = litellm.get_valid_models(
        check_provider_endpoint=True,
        custom_llm_provider="openai",
        api_base=BASE_URL.removesuffix("/v1"),
        api_key=API_KEY,
    )
    assert any(model.endswith("slow") for model in models)


def test_unknown_model():
    with pytest.raises(litellm.NotFoundError):
        ask("nobody-has-this")


def test_invalid_request():
    with pytest.raises(litellm.BadRequestError):
        ask(messages=[])


def test_wrong_key():
    with pytest.raises(litellm.AuthenticationError):
        ask(api_key=WRONG_KEY)


def test_rate_limit():
    with pytest.raises(litellm.RateLimitError) as raised:
        ask("limited")
    assert raised.value.litellm_response_headers["retry-after"] == "1"


def test_error_of_the_model():
    with pytest.raises(litellm.InternalServerError):
        ask("failing")


def test_stream_that_breaks():
    deltas = Deltas()
    with pytest.raises(openai.APIError):
        for chunk in ask("breaks", stream=True):
            deltas.add(chunk.choices[0].delta.content)
    assert deltas.texts


def test_cancel():
    stream = ask("slower", stream=True)
    deltas = Deltas()
    for chunk in stream:
        deltas.add(chunk.choices[0].delta.content)
        if len(deltas.texts) == 3:
            break
    stream.close()
    nothing_is_in_flight()
