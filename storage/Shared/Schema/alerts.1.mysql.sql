CREATE TABLE outrider_alert (
  tenant VARCHAR(255) NOT NULL, id VARCHAR(64) NOT NULL, rule VARCHAR(255) NOT NULL, agent VARCHAR(255) NOT NULL,
  severity VARCHAR(16) NOT NULL, fired BIGINT NOT NULL, resolved BIGINT, body LONGBLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  INDEX outrider_alert_by_time (tenant, fired DESC, id),
  INDEX outrider_alert_firing (tenant, resolved, fired DESC, id),
  INDEX outrider_alert_firing_by_rule (tenant, rule, resolved, fired DESC, id),
  INDEX outrider_alert_resolved (resolved)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE outrider_notification (
  tenant VARCHAR(255) NOT NULL, channel VARCHAR(255) NOT NULL, id VARCHAR(128) NOT NULL, alert VARCHAR(64) NOT NULL,
  kind INT NOT NULL, at BIGINT NOT NULL, status VARCHAR(16) NOT NULL, attempts INT NOT NULL, last_attempt BIGINT, delivered BIGINT,
  result MEDIUMTEXT, body LONGBLOB NOT NULL,
  PRIMARY KEY (tenant, channel, id),
  INDEX outrider_notification_waiting (tenant, channel, status, at, kind, id),
  INDEX outrider_notification_by_time (tenant, at DESC, channel, id),
  INDEX outrider_notification_by_alert (tenant, alert, at DESC, channel, id),
  INDEX outrider_notification_finished (at)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
