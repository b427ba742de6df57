/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;

/**
 * A model that clients may ask for.
 *
 * @param id the name to ask for
 * @param created when it was made; 1970 where nobody says, since clients want a number
 * @param ownedBy whose it is: as the provider says, else the provider's name
 */
public record ServedModel(String id, Instant created, String ownedBy) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One model in OpenAI's format. */
  public byte[] json() {
    return Bytes.of(node());
  }

  /** A list of models in OpenAI's format. */
  public static byte[] json(Collection<ServedModel> models) {
    ObjectNode list = JSON.createObjectNode();
    list.put("object", "list");
    ArrayNode data = list.putArray("data");
    models.forEach(model -> data.add(model.node()));
    return Bytes.of(list);
  }

  private ObjectNode node() {
    return JSON.createObjectNode()
        .put("id", id)
        .put("object", "model")
        .put("created", created.getEpochSecond())
        .put("owned_by", ownedBy);
  }
}
