package io.emberwatch.runtime.config;

import io.emberwatch.runtime.config.ConfigNode.Mapping;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a UTF-8 YAML file of a bounded size; what goes wrong is a problem in the ledger. */
final class ConfigFile {

  private ConfigFile() {}

  static Mapping read(Path file, Ledger ledger) {
    Place place = new Place(file.toString(), 0, 0);
    try {
      if (Files.size(file) > YamlTree.MAX_BYTES) {
        String limit = BytesText.format(YamlTree.MAX_BYTES);
        ledger.add(place, "", "the file is larger than " + limit);
        return Mapping.empty(place);
      }
      return YamlTree.parse(
          file.toString(), Files.readString(file, StandardCharsets.UTF_8), ledger);
    } catch (NoSuchFileException e) {
      ledger.add(place, "", "no such file");
    } catch (CharacterCodingException e) {
      ledger.add(place, "", "not UTF-8 text");
    } catch (IOException e) {
      ledger.add(place, "", "cannot read the file: " + e.getClass().getSimpleName());
    }
    return Mapping.empty(place);
  }
}
