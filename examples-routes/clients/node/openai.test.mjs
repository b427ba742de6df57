// Copyright the camel-llm authors
// SPDX-License-Identifier: Apache-2.0
/** The package openai. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import OpenAI from 'openai';
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod';
import {
  API_KEY,
  BASE_URL,
  Deltas,
  MODEL,
  ORDER,
  Order,
  PIXEL,
  STORY,
  WRONG_KEY,
  Weather,
  askingForWeather,
  nothingIsInFlight,
} from './gateway.mjs';

const client = new OpenAI({ baseURL: BASE_URL, apiKey: API_KEY, maxRetries: 0 });
const chat = client.chat.completions;
const story = { model: MODEL, messages: [{ role: 'user', content: STORY }], max_tokens: 40 };
const weather = zodFunction({ name: 'weather', parameters: Weather });
const weatherCall = {
  model: MODEL,
  messages: askingForWeather(),
  tools: [weather],
  tool_choice: 'required',
  max_tokens: 40,
};
const withResult = {
  model: MODEL,
  messages: [
    { role: 'user', content: 'How is the weather in Paris?' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: 'call_1',
          type: 'function',
          function: { name: 'weather', arguments: '{"city":"Paris"}' },
        },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: '{"degrees":21}' },
  ],
  tools: [weather],
  max_tokens: 40,
};
const order = {
  model: MODEL,
  messages: [{ role: 'user', content: ORDER }],
  response_format: zodResponseFormat(Order, 'order'),
};

suite('openai', () => {
  test('chat', async () => {
    const answer = await chat.create(story);
    assert.equal(answer.object, 'chat.completion');
    assert(answer.id && answer.created > 0 && answer.model);
    const [choice] = answer.choices;
    assert(choice.message.role === 'assistant' && choice.message.content);
    assert(['stop', 'length'].includes(choice.finish_reason));
    const { prompt_tokens, completion_tokens, total_tokens } = answer.usage;
    assert(prompt_tokens > 0 && completion_tokens > 0);
    assert.equal(total_tokens, prompt_tokens + completion_tokens);
  });

  test('stream arrives over time', async () => {
    const deltas = new Deltas();
    const chunks = [];
    for await (const chunk of await chat.create({ ...story, model: 'slow', stream: true })) {
      chunks.push(chunk);
      deltas.add(chunk.choices[0].delta.content);
    }
    deltas.cameOverTime();
    assert.deepEqual(
      new Set(chunks.map((chunk) => chunk.object)),
      new Set(['chat.completion.chunk']),
    );
    assert.equal(
      new Set(chunks.map(({ id, created, model }) => `${id} ${created} ${model}`)).size,
      1,
    );
    const [role, ...moreRoles] = chunks.map((chunk) => chunk.choices[0].delta.role);
    assert(role === 'assistant' && !moreRoles.some(Boolean));
    const reasons = chunks.map((chunk) => chunk.choices[0].finish_reason);
    assert(reasons.pop() === 'stop' && !reasons.some(Boolean));
  });

  test('stream without usage', async () => {
    for await (const chunk of await chat.create({ ...story, stream: true })) {
      assert(chunk.choices.length === 1 && !chunk.usage);
    }
  });

  test('stream with usage', async () => {
    const stream = await chat.create({
      ...story,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await Array.fromAsync(stream);
    const { choices, usage } = chunks.pop();
    assert(chunks.every((chunk) => chunk.choices.length === 1 && !chunk.usage));
    assert.deepEqual(choices, []);
    assert(usage.prompt_tokens > 0 && usage.completion_tokens > 0);
  });

  test('tool', async () => {
    const [choice] = (await chat.parse(weatherCall)).choices;
    assert.equal(choice.finish_reason, 'tool_calls');
    const [call] = choice.message.tool_calls;
    assert(call.id && call.type === 'function' && call.function.name === 'weather');
    Weather.parse(call.function.parsed_arguments);
  });

  test('tool, streamed', async () => {
    const answer = await chat.stream(weatherCall).finalChatCompletion();
    assert.equal(answer.choices[0].finish_reason, 'tool_calls');
    const [call] = answer.choices[0].message.tool_calls;
    assert(call.id && call.function.name === 'weather');
    Weather.parse(call.function.parsed_arguments);
  });

  test('result of a tool', async () => {
    const [{ message }] = (await chat.create(withResult)).choices;
    assert(message.content && !message.tool_calls?.length);
  });

  test('result of a tool, streamed', async () => {
    const deltas = new Deltas();
    for await (const chunk of await chat.create({ ...withResult, stream: true })) {
      deltas.add(chunk.choices[0].delta.content);
      assert(!chunk.choices[0].delta.tool_calls);
    }
    assert(deltas.texts.length > 0);
  });

  test('structured output', async () => {
    Order.parse((await chat.parse(order)).choices[0].message.parsed);
  });

  test('structured output, streamed', async () => {
    const answer = await chat.stream(order).finalChatCompletion();
    Order.parse(answer.choices[0].message.parsed);
  });

  test('everything a request may hold', async () => {
    const stream = await chat.create({
      model: 'simulated',
      messages: [
        { role: 'developer', content: 'Be short.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is in this picture?' },
            { type: 'image_url', image_url: { url: PIXEL } },
          ],
        },
      ],
      n: 2,
      seed: 7,
      stop: ['\n\n'],
      temperature: 0,
      top_p: 1,
      frequency_penalty: 0,
      presence_penalty: 0,
      logit_bias: { 42: -1 },
      logprobs: true,
      top_logprobs: 1,
      user: 'ada',
      metadata: { purpose: 'proof' },
      unknown: { to: 'OpenAI' },
      stream: true,
    });
    const choices = (await Array.fromAsync(stream)).flatMap((chunk) => chunk.choices);
    for (const index of [0, 1]) {
      const mine = choices.filter((choice) => choice.index === index);
      assert(mine.map((choice) => choice.delta.content ?? '').join(''));
      assert.equal(mine.filter((choice) => choice.delta.role).length, 1);
      assert.equal(mine.filter((choice) => choice.finish_reason).length, 1);
    }
  });

  test('embeddings', async () => {
    const answer = await client.embeddings.create({ model: MODEL, input: ['one', 'two words'] });
    assert.deepEqual(
      answer.data.map((item) => item.index),
      [0, 1],
    );
    assert(answer.data.every((item) => item.embedding.every(Number.isFinite)));
    assert(answer.usage.prompt_tokens > 0 && answer.model);
  });

  test('embeddings as numbers are the same', async () => {
    const request = { model: MODEL, input: 'one' };
    const decoded = (await client.embeddings.create(request)).data[0].embedding;
    const numbers = (await client.embeddings.create({ ...request, encoding_format: 'float' }))
      .data[0].embedding;
    assert.equal(decoded.length, numbers.length);
    assert(decoded.every((number, i) => Math.abs(number - numbers[i]) < 1e-6));
  });

  test('models', async () => {
    const models = await Array.fromAsync(client.models.list());
    assert(models.some((model) => model.id === 'slow'));
    assert(models.every((model) => model.object === 'model' && model.owned_by));
  });

  test('one model', async () => {
    for (const name of ['demo', 'simulated/with-slash']) {
      assert.equal((await client.models.retrieve(name)).id, name);
    }
    await assert.rejects(client.models.retrieve('nobody-has-this'), OpenAI.NotFoundError);
  });

  test('unknown model', async () => {
    const error = await chat.create({ ...story, model: 'nobody-has-this' }).catch((e) => e);
    assert(error instanceof OpenAI.NotFoundError);
    assert(error.code === 'model_not_found' && error.requestID);
  });

  test('invalid request', async () => {
    const error = await chat.create({ ...story, messages: [] }).catch((e) => e);
    assert(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, 'messages');
  });

  test('wrong key', async () => {
    const stranger = client.withOptions({ apiKey: WRONG_KEY });
    await assert.rejects(stranger.chat.completions.create(story), OpenAI.AuthenticationError);
  });

  test('rate limit', async () => {
    const error = await chat.create({ ...story, model: 'limited' }).catch((e) => e);
    assert(error instanceof OpenAI.RateLimitError);
    assert.equal(error.headers.get('retry-after'), '1');
  });

  test('error of the model', async () => {
    await assert.rejects(chat.create({ ...story, model: 'failing' }), OpenAI.InternalServerError);
  });

  test('stream that breaks', async () => {
    const deltas = new Deltas();
    await assert.rejects(async () => {
      for await (const chunk of await chat.create({ ...story, model: 'breaks', stream: true })) {
        deltas.add(chunk.choices[0].delta.content);
      }
    }, OpenAI.APIError);
    assert(deltas.texts.length > 0);
  });

  test('cancel', async () => {
    const stream = await chat.create({ ...story, model: 'slower', stream: true });
    const deltas = new Deltas();
    for await (const chunk of stream) {
      deltas.add(chunk.choices[0].delta.content);
      if (deltas.texts.length === 3) {
        stream.controller.abort();
      }
    }
    assert.equal(deltas.texts.length, 3);
    await nothingIsInFlight();
  });
});
