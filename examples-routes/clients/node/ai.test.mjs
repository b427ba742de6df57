// Copyright the camel-llm authors
// SPDX-License-Identifier: Apache-2.0
/** The package ai with @ai-sdk/openai-compatible. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, Output, embedMany, generateText, isStepCount, streamText, tool } from 'ai';
import {
  API_KEY,
  BASE_URL,
  Deltas,
  MODEL,
  ORDER,
  Order,
  STORY,
  WRONG_KEY,
  Weather,
  askingForWeather,
  nothingIsInFlight,
} from './gateway.mjs';

const settings = {
  name: 'gateway',
  baseURL: BASE_URL,
  apiKey: API_KEY,
  supportsStructuredOutputs: true,
};
const gateway = createOpenAICompatible(settings);
const story = { model: gateway(MODEL), prompt: STORY, maxOutputTokens: 40, maxRetries: 0 };
const silent = { onError() {} };

function weatherCall() {
  const asked = [];
  const weather = tool({
    description: 'The weather of a city, now',
    inputSchema: Weather,
    execute: ({ city }) => {
      asked.push(city);
      return { city, degrees: 21 };
    },
  });
  return {
    asked,
    model: gateway(MODEL),
    messages: askingForWeather(),
    tools: { weather },
    prepareStep: ({ stepNumber }) => ({ toolChoice: stepNumber === 0 ? 'required' : 'none' }),
    stopWhen: isStepCount(2),
    maxOutputTokens: 40,
    maxRetries: 0,
  };
}

async function refused(model, from = gateway) {
  const error = await generateText({ ...story, model: from(model) }).catch((e) => e);
  assert(APICallError.isInstance(error), error);
  return error;
}

suite('ai', () => {
  test('chat', async () => {
    const { text, finishReason, usage } = await generateText(story);
    assert(text);
    assert(['stop', 'length'].includes(finishReason));
    assert(usage.inputTokens > 0 && usage.outputTokens > 0);
  });

  test('stream arrives over time', async () => {
    const deltas = new Deltas();
    const result = streamText({ ...story, model: gateway('slow') });
    for await (const text of result.textStream) {
      deltas.add(text);
    }
    deltas.cameOverTime();
    assert.equal(await result.finishReason, 'stop');
  });

  test('stream without usage', async () => {
    const result = streamText(story);
    assert(await result.text);
    assert.equal((await result.usage).outputTokens, undefined);
  });

  test('stream with usage', async () => {
    const counting = createOpenAICompatible({ ...settings, includeUsage: true });
    const usage = await streamText({ ...story, model: counting(MODEL) }).usage;
    assert(usage.inputTokens > 0 && usage.outputTokens > 0);
  });

  test('tool and its result', async () => {
    const call = weatherCall();
    const { steps, text } = await generateText(call);
    assert.equal(steps[0].finishReason, 'tool-calls');
    assert.equal(call.asked.length, 1);
    assert(text);
  });

  test('tool and its result, streamed', async () => {
    const call = weatherCall();
    const result = streamText(call);
    const [first, last] = await result.steps;
    assert.equal(first.finishReason, 'tool-calls');
    assert.equal(call.asked.length, 1);
    assert(last.text);
  });

  test('structured output', async () => {
    const { output } = await generateText({
      model: gateway(MODEL),
      prompt: ORDER,
      output: Output.object({ schema: Order }),
      maxRetries: 0,
    });
    Order.parse(output);
  });

  test('structured output, streamed', async () => {
    const result = streamText({
      model: gateway(MODEL),
      prompt: ORDER,
      output: Output.object({ schema: Order }),
      maxRetries: 0,
    });
    Order.parse(await result.output);
  });

  test('embeddings', async () => {
    const { embeddings, usage } = await embedMany({
      model: gateway.embeddingModel(MODEL),
      values: ['one', 'two words'],
      maxRetries: 0,
    });
    assert.equal(embeddings.length, 2);
    assert(embeddings.flat().every(Number.isFinite) && usage.tokens > 0);
  });

  test('unknown model', async () => {
    assert.equal((await refused('nobody-has-this')).statusCode, 404);
  });

  test('wrong key', async () => {
    const stranger = createOpenAICompatible({ ...settings, apiKey: WRONG_KEY });
    assert.equal((await refused(MODEL, stranger)).statusCode, 401);
  });

  test('rate limit', async () => {
    const error = await refused('limited');
    assert(error.statusCode === 429 && error.isRetryable);
    assert.equal(error.responseHeaders['retry-after'], '1');
  });

  test('error of the model', async () => {
    assert((await refused('failing')).statusCode >= 500);
  });

  test('stream that breaks', async () => {
    const parts = await Array.fromAsync(
      streamText({ ...story, ...silent, model: gateway('breaks') }).fullStream,
    );
    assert(parts.some((part) => part.type === 'text-delta'));
    assert(parts.some((part) => part.type === 'error'));
  });

  test('cancel', async () => {
    const abort = new AbortController();
    const deltas = new Deltas();
    const result = streamText({ ...story, model: gateway('slower'), abortSignal: abort.signal });
    for await (const text of result.textStream) {
      deltas.add(text);
      if (deltas.texts.length === 3) {
        abort.abort();
      }
    }
    await nothingIsInFlight();
  });
});
