// Copyright the camel-llm authors
// SPDX-License-Identifier: Apache-2.0
/** Where the gateway is, what it is asked, and what is demanded of its answers. */
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';

export const BASE_URL = process.env.GATEWAY_BASE_URL;
export const API_KEY = process.env.GATEWAY_API_KEY;
export const WRONG_KEY = 'sk-nobody-' + '0'.repeat(64);
export const MODEL = 'demo';
assert(BASE_URL && API_KEY, 'Set GATEWAY_BASE_URL and GATEWAY_API_KEY.');

export const STORY =
  'Ada Lovelace was born in London in 1815. She worked with Charles Babbage on the Analytical' +
  ' Engine, and wrote the first program that was ever meant for a machine.';
export const ORDER = 'Where is this order?\n\nCustomer: Ada Lovelace\nCity: London\nQuantity: 3';
export const WEATHER = 'How is the weather here?\n\nCity: Paris';
export const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwACh' +
  'wGA60e6kgAAAABJRU5ErkJggg==';

export const Order = z.object({ customer: z.string(), city: z.string(), quantity: z.number() });
export const Weather = z.object({ city: z.string() });

/** A tiny model calls a tool only where the call is begun for it. */
export function askingForWeather() {
  const begun = process.env.CLIENTS_TOOL_PREFILL;
  const question = { role: 'user', content: WEATHER };
  return begun ? [question, { role: 'assistant', content: begun }] : [question];
}

/** The texts of a stream, and when each of them came. */
export class Deltas {
  texts = [];
  times = [];

  add(text) {
    if (text) {
      this.texts.push(text);
      this.times.push(performance.now());
    }
  }

  cameOverTime() {
    assert(this.texts.length > 10);
    assert(this.times.at(-1) - this.times[0] > 1000);
  }
}

/** Within 5 s, which is long before an answer of the model slower would have ended by itself. */
export async function nothingIsInFlight() {
  const end = performance.now() + 5000;
  for (let count; (count = await inFlight()) > 0; await setTimeout(20)) {
    assert(performance.now() < end, `${count} calls are still in flight`);
  }
}

async function inFlight() {
  const answer = await fetch(BASE_URL.replace(/\/v1$/, '/status.json'), {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  const { requests, models } = await answer.json();
  return models.reduce((sum, model) => sum + model.inFlight, requests.streams);
}
