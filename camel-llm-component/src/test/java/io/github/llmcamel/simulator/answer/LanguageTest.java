/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

  @ParameterizedTest
  @CsvSource({
    "en, The cat is on the table and you see it.",
    "de, Die Katze ist nicht auf dem Tisch und wir sehen sie.",
    "fr, Le chat est dans la maison avec nous.",
    "es, El gato y las casas para usted.",
    "it, Il gatto è nel giardino della casa.",
    "nl, Het is een huis van de buren.",
    "pt, O gato não está em casa com uma bola.",
    "ru, Кошка на столе",
    "el, Η γάτα",
    "ja, 猫はテーブルの上",
    "zh, 猫在桌子上",
    "ko, 고양이",
    "ar, قطة",
    "hi, बिल्ली",
    "'', xyzzy",
    "'', 12 345",
    "'', ''"
  })
  void tells(String code, String text) {
    assertThat(Language.of(text)).isEqualTo(code);
  }
}
