package io.emberwatch.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class CompatibilityTest {

  @Test
  void takesANewFieldWithADefault() {
    assertThat(Compatibility.problems(outer("int a; long b = 0;"), outer("int a;"))).isEmpty();
  }

  @Test
  void takesARemovedField() {
    assertThat(Compatibility.problems(outer("int a;"), outer("int a; long b;"))).isEmpty();
  }

  @Test
  void takesAWiderNumber() {
    assertThat(Compatibility.problems(outer("long a;"), outer("int a;"))).isEmpty();
  }

  @Test
  void namesANewFieldWithoutADefault() {
    assertThat(Compatibility.problems(outer("int a; long colour;"), outer("int a;")))
        .containsExactly("field section.colour is new and has no default");
  }

  @Test
  void namesAFieldThatChangedItsType() {
    assertThat(Compatibility.problems(outer("string a;"), outer("int a;")))
        .singleElement()
        .asString()
        .startsWith("field section.a changed its type: ");
  }

  @Test
  void namesAnEnumThatLostASymbol() {
    assertThat(Compatibility.problems(withEnum("UP"), withEnum("UP", "DOWN")))
        .singleElement()
        .asString()
        .startsWith("field states lost enum symbols and has no default: ");
  }

  /** A nullable record in a record, as the sections of a sample are. */
  private static Schema outer(String innerFields) {
    SchemaBuilder.FieldAssembler<Schema> inner = SchemaBuilder.record("Section").fields();
    for (String field : innerFields.split(";", -1)) {
      String[] words = field.trim().split(" ", -1);
      if (words.length == 2) {
        inner = inner.name(words[1]).type(words[0]).noDefault();
      } else if (words.length == 4) {
        inner = inner.name(words[1]).type(words[0]).withDefault(Long.parseLong(words[3]));
      }
    }
    return SchemaBuilder.record("Sample")
        .fields()
        .name("section")
        .type()
        .unionOf()
        .nullType()
        .and()
        .type(inner.endRecord())
        .endUnion()
        .nullDefault()
        .endRecord();
  }

  private static Schema withEnum(String... symbols) {
    return SchemaBuilder.record("Sample")
        .fields()
        .name("states")
        .type()
        .array()
        .items()
        .enumeration("State")
        .symbols(symbols)
        .noDefault()
        .endRecord();
  }
}
