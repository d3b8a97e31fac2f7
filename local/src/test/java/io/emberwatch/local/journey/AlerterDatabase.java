package io.emberwatch.local.journey;

import io.emberwatch.runtime.config.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The alerter's PostgreSQL, looked into from outside.
 *
 * @param url JDBC address
 */
public record AlerterDatabase(String url, String user, Secret password) {

  /** One row of the table of incidents. */
  record IncidentRow(String id, String status, String severity) {}

  /** Incidents about the memory of a replication group. */
  List<IncidentRow> memoryIncidents(String group) throws SQLException {
    List<IncidentRow> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, user, password.reveal());
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT id, status, severity FROM incident"
                    + " WHERE cause = 'MEMORY' AND replication_group = ?")) {
      query.setString(1, group);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          rows.add(new IncidentRow(found.getString(1), found.getString(2), found.getString(3)));
        }
      }
    }
    return rows;
  }
}
