# Copyright the camel-llm authors
# SPDX-License-Identifier: Apache-2.0
"""The package openai."""

import json

import openai
import pytest
from gateway import (
    API_KEY,
    BASE_URL,
    MODEL,
    ORDER,
    PIXEL,
    STORY,
    WRONG_KEY,
    Deltas,
    Order,
    Weather,
    asking_for_weather,
    nothing_is_in_flight,
    user,
)

client = openai.OpenAI(base_url=BASE_URL, api_key=API_KEY, max_retries=0)
chat = client.chat.completions
TOOL = openai.pydantic_function_tool(Weather, name="weather")


def test_chat():
    answer = chat.create(model=MODEL, messages=user(STORY), max_tokens=40)
    assert answer.object == "chat.completion"
    assert answer.id and answer.created > 0 and answer.model
    (choice,) = answer.choices
    assert choice.message.role == "assistant" and choice.message.content
    assert choice.finish_reason in ("stop", "length")
    usage = answer.usage
    assert usage.prompt_tokens > 0 and usage.completion_tokens > 0
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens


def test_stream_arrives_over_time():
    deltas = Deltas()
    chunks = []
    for chunk in chat.create(model="slow", messages=user(STORY), stream=True):
        chunks.append(chunk)
        deltas.add(chunk.choices[0].delta.content)
    deltas.came_over_time()
    assert {chunk.object for chunk in chunks} == {"chat.completion.chunk"}
    assert len({(chunk.id, chunk.created, chunk.model) for chunk in chunks}) == 1
    roles = [chunk.choices[0].delta.role for chunk in chunks]
    assert roles[0] == "assistant" and not any(roles[1:])
    reasons = [chunk.choices[0].finish_reason for chunk in chunks]
    assert reasons[-1] == "stop" and not any(reasons[:-1])


def test_stream_without_usage():
    chunks = list(chat.create(model=MODEL, messages=user(STORY), max_tokens=40, stream=True))
    assert all(len(chunk.choices) == 1 and chunk.usage is None for chunk in chunks)


def test_stream_with_usage():
    *chunks, last = chat.create(
        model=MODEL,
        messages=user(STORY),
        max_tokens=40,
        stream=True,
        stream_options={"include_usage": True},
    )
    assert all(len(chunk.choices) == 1 and chunk.usage is None for chunk in chunks)
    assert last.choices == []
    assert last.usage.prompt_tokens > 0 and last.usage.completion_tokens > 0


def test_tool():
    answer = chat.parse(
        model=MODEL,
        messages=asking_for_weather(),
        tools=[TOOL],
        tool_choice="required",
        max_tokens=40,
    )
    choice = answer.choices[0]
    assert choice.finish_reason == "tool_calls"
    (call,) = choice.message.tool_calls
    assert call.id and call.type == "function" and call.function.name == "weather"
    assert isinstance(call.function.parsed_arguments, Weather)


def test_tool_streamed():
    with chat.stream(
        model=MODEL,
        messages=asking_for_weather(),
        tools=[TOOL],
        tool_choice="required",
        max_tokens=40,
    ) as stream:
        done = [event for event in stream if event.type == "tool_calls.function.arguments.done"]
        choice = stream.get_final_completion().choices[0]
    assert [event.name for event in done] == ["weather"]
    assert choice.finish_reason == "tool_calls"
    (call,) = choice.message.tool_calls
    assert call.id and isinstance(call.function.parsed_arguments, Weather)


def asking_with_result():
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
    return {"model": MODEL, "messages": messages, "tools": [TOOL], "max_tokens": 40}


def test_result_of_tool():
    message = chat.create(**asking_with_result()).choices[0].message
    assert message.content and not message.tool_calls


def test_result_of_tool_streamed():
    deltas = Deltas()
    for chunk in chat.create(**asking_with_result(), stream=True):
        deltas.add(chunk.choices[0].delta.content)
        assert not chunk.choices[0].delta.tool_calls
    assert deltas.texts


def test_structured_output():
    answer = chat.parse(model=MODEL, messages=user(ORDER), response_format=Order)
    assert isinstance(answer.choices[0].message.parsed, Order)


def test_structured_output_streamed():
    with chat.stream(model=MODEL, messages=user(ORDER), response_format=Order) as stream:
        answer = stream.get_final_completion()
    assert isinstance(answer.choices[0].message.parsed, Order)


def test_everything_a_request_may_hold():
    parts = [
        {"type": "text", "text": "What is in this picture?"},
        {"type": "image_url", "image_url": {"url": PIXEL}},
    ]
    chunks = list(
        chat.create(
            model="simulated",
            messages=[
                {"role": "developer", "content": "Be short."},
                {"role": "user", "content": parts},
            ],
            n=2,
            seed=7,
            stop=["\n\n"],
            temperature=0,
            top_p=1,
            frequency_penalty=0,
            presence_penalty=0,
            logit_bias={"42": -1},
            logprobs=True,
            top_logprobs=1,
            user="ada",
            metadata={"purpose": "proof"},
            extra_body={"unknown": {"to": "OpenAI"}},
            extra_headers={"idempotency-key": "7"},
            stream=True,
        )
    )
    choices = [choice for chunk in chunks for choice in chunk.choices]
    for index in (0, 1):
        mine = [choice for choice in choices if choice.index == index]
        assert "".join(choice.delta.content or "" for choice in mine)
        assert [bool(choice.delta.role) for choice in mine].count(True) == 1
        assert [bool(choice.finish_reason) for choice in mine].count(True) == 1


def test_embeddings():
    answer = client.embeddings.create(model=MODEL, input=["one", "two words"])
    assert [item.index for item in answer.data] == [0, 1]
    assert all(isinstance(number, float) for item in answer.data for number in item.embedding)
    assert answer.usage.prompt_tokens > 0 and answer.model


def test_embeddings_as_numbers_are_the_same():
    request = dict(model=MODEL, input="one")
    numbers = client.embeddings.create(**request, encoding_format="float").data[0].embedding
    assert client.embeddings.create(**request).data[0].embedding == pytest.approx(numbers, abs=1e-6)


def test_models():
    models = list(client.models.list())
    assert {"demo", "slow"} <= {model.id for model in models}
    assert all(model.object == "model" and model.owned_by for model in models)


def test_one_model():
    for name in ("demo", "simulated/with-slash"):
        assert client.models.retrieve(name).id == name
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("nobody-has-this")


def test_unknown_model():
    with pytest.raises(openai.NotFoundError) as raised:
        chat.create(model="nobody-has-this", messages=user(STORY))
    assert raised.value.code == "model_not_found" and raised.value.request_id


def test_invalid_request():
    with pytest.raises(openai.BadRequestError) as raised:
        chat.create(model=MODEL, messages=[])
    assert raised.value.param == "messages"


def test_wrong_key():
    with pytest.raises(openai.AuthenticationError):
        client.with_options(api_key=WRONG_KEY).models.list()


def test_rate_limit():
    with pytest.raises(openai.RateLimitError) as raised:
        chat.create(model="limited", messages=user(STORY))
    assert raised.value.response.headers["retry-after"] == "1"


def test_error_of_the_model():
    with pytest.raises(openai.InternalServerError):
        chat.create(model="failing", messages=user(STORY))


def test_stream_that_breaks():
    deltas = Deltas()
    with pytest.raises(openai.APIError):
        for chunk in chat.create(model="breaks", messages=user(STORY), stream=True):
            deltas.add(chunk.choices[0].delta.content)
    assert deltas.texts


def test_cancel():
    stream = chat.create(model="slower", messages=user(STORY), stream=True)
    deltas = Deltas()
    for chunk in stream:
        deltas.add(chunk.choices[0].delta.content)
        if len(deltas.texts) == 3:
            break
    stream.close()
    nothing_is_in_flight()
