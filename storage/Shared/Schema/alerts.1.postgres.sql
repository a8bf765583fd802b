CREATE TABLE outrider_alert (
  tenant TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, rule TEXT COLLATE "C" NOT NULL, agent TEXT COLLATE "C" NOT NULL,
  severity TEXT NOT NULL, fired BIGINT NOT NULL, resolved BIGINT, body BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX outrider_alert_by_time ON outrider_alert (tenant, fired DESC, id);
CREATE INDEX outrider_alert_firing ON outrider_alert (tenant, fired DESC, id) WHERE resolved IS NULL;
CREATE INDEX outrider_alert_firing_by_rule ON outrider_alert (tenant, rule, fired DESC, id) WHERE resolved IS NULL;
CREATE INDEX outrider_alert_resolved ON outrider_alert (resolved) WHERE resolved IS NOT NULL;
CREATE TABLE outrider_notification (
  tenant TEXT COLLATE "C" NOT NULL, channel TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, alert TEXT COLLATE "C" NOT NULL,
  kind INT NOT NULL, at BIGINT NOT NULL, status TEXT NOT NULL, attempts INT NOT NULL, last_attempt BIGINT, delivered BIGINT, result TEXT,
  body BYTEA NOT NULL,
  PRIMARY KEY (tenant, channel, id)
);
CREATE INDEX outrider_notification_waiting ON outrider_notification (tenant, channel, at, kind, id) WHERE status = 'Waiting';
CREATE INDEX outrider_notification_by_time ON outrider_notification (tenant, at DESC, channel, id);
CREATE INDEX outrider_notification_by_alert ON outrider_notification (tenant, alert, at DESC, channel, id);
CREATE INDEX outrider_notification_finished ON outrider_notification (at) WHERE status <> 'Waiting'
