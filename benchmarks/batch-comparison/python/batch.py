"""Three questions about each document, one after the other, asked as the backend of llm-otel-kit does.

    python batch.py DOCUMENTS RESULTS BASE_URL [--skip-done]

DOCUMENTS is a folder; RESULTS gets a JSON line for each document. BASE_URL is the server's, without /v1. With
--skip-done, documents that have a line already are left out; without it, RESULTS is written anew.
"""

import asyncio
import json
import sys
from pathlib import Path

import httpx
from llm_otel_kit.config import ProviderConfig
from llm_otel_kit.providers import create_provider

LABELS = "invoice, e-mail, minutes, contract, report, letter, log, other"
CLASSIFY = f"Classify the document as one of: {LABELS}. Reply with that one word and nothing else."
SUMMARISE = "Summarise the document in one sentence. Reply with that sentence and nothing else."
EXTRACT = "Reply with a JSON object with the fields: title, date, sender, amount, language."


async def ask(provider, prompt: str, text: str) -> str:
    messages = [{"role": "system", "content": prompt}, {"role": "user", "content": text}]
    payload = provider.build_payload("m", messages, stream=False, temperature=0, max_tokens=200)
    async with httpx.AsyncClient(timeout=300.0) as client:  # a new one for each call, as there
        result = await provider.complete(client, payload)
    return result.content


def done(results: Path) -> set[str]:
    if not results.exists():
        return set()
    return {json.loads(line)["document"] for line in results.read_text().splitlines()}


async def main(documents: Path, results: Path, base_url: str, skips_done: bool) -> None:
    provider = create_provider(ProviderConfig(name="vllm", base_url=base_url))
    known = done(results) if skips_done else set()
    with results.open("a" if skips_done else "w") as lines:
        for document in sorted(documents.iterdir()):
            if document.name in known:
                continue
            text = document.read_text()
            result = {
                "document": document.name,
                "label": await ask(provider, CLASSIFY, text),
                "summary": await ask(provider, SUMMARISE, text),
                "fields": json.loads(await ask(provider, EXTRACT, text)),
            }
            lines.write(json.dumps(result) + "\n")
            lines.flush()


asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], "--skip-done" in sys.argv))
