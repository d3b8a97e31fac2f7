package io.emberwatch.alerter.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** An H2 database with a row that nobody can read. */
public final class DamagedDatabase {

  private DamagedDatabase() {}

  /** Makes the alerts of an incident unreadable. */
  public static void damageAlerts(String url, String incidentId) {
    String sql = "UPDATE alert SET details = 'x' WHERE incident_id = ?";
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, incidentId);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("the damage could not be done", e);
    }
  }
}
