# Copyright the camel-llm authors
# SPDX-License-Identifier: Apache-2.0
"""What a gateway adds to a model server: streams asked of both in turn, medians printed.

python3 latency.py MODEL http://server/v1 http://gateway/v1
"""

import http.client
import json
import statistics
import sys
import time
from urllib.parse import urlparse

ROUNDS = 24
IN_A_ROW = 5


def ask(base, model):
    """Seconds to the first text and to the end of one stream, on a connection of its own."""
    url = urlparse(base)
    body = {
        "model": model,
        "stream": True,
        "max_tokens": 16,
        "temperature": 0,
        "messages": [{"role": "user", "content": "Say hello."}],
    }
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    headers = {"Content-Type": "application/json"}
    began = time.perf_counter()
    connection.request("POST", url.path + "/chat/completions", json.dumps(body), headers)
    response = connection.getresponse()
    if response.status != 200:
        sys.exit(f"{base} answers {response.status}: {response.read(500)}")
    first = None
    for line in response:
        if first is None and has_text(line):
            first = time.perf_counter() - began
    connection.close()
    return first, time.perf_counter() - began


def has_text(line):
    if not line.startswith(b"data: {"):
        return False
    choices = json.loads(line[6:]).get("choices") or [{}]
    return bool(choices[0].get("delta", {}).get("content"))


def main(model, *bases):
    times = {base: [] for base in bases}
    for base in bases:
        for _ in range(IN_A_ROW):
            ask(base, model)  # to warm up
    for _ in range(ROUNDS):
        for base in bases:
            times[base] += [ask(base, model) for _ in range(IN_A_ROW)]
    for base, measured in times.items():
        first, whole = (statistics.median(column) * 1000 for column in zip(*measured))
        print(f"{base}: first text {first:.1f} ms, end {whole:.1f} ms")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
