CREATE TABLE outrider_metric_change (id INT PRIMARY KEY, no BIGINT NOT NULL);
INSERT INTO outrider_metric_change (id, no) VALUES (1, 0);
CREATE TABLE outrider_metric_lease (id INT PRIMARY KEY, number BIGINT NOT NULL, holder TEXT NOT NULL, expires BIGINT NOT NULL);
INSERT INTO outrider_metric_lease (id, number, holder, expires) VALUES (1, 0, '', 0);
CREATE TABLE outrider_metric_tenant (
  no INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT COLLATE "C" UNIQUE, policy TEXT,
  raw_from INT NOT NULL, minute_from INT NOT NULL, changed BIGINT NOT NULL
);
CREATE INDEX outrider_metric_tenant_by_change ON outrider_metric_tenant (changed);
CREATE TABLE outrider_metric_agent (
  no INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant INT NOT NULL, name TEXT COLLATE "C", version BIGINT NOT NULL, seen BYTEA NOT NULL,
  folded BIGINT NOT NULL, waiting INT NOT NULL, waiting_bytes BIGINT NOT NULL, waiting_since BIGINT NOT NULL, waiting_from BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  UNIQUE (tenant, name)
) WITH (fillfactor = 50);
CREATE INDEX outrider_metric_agent_by_change ON outrider_metric_agent (changed);
CREATE TABLE outrider_metric_series (
  agent INT NOT NULL, first INT NOT NULL, series BYTEA NOT NULL, changed BIGINT NOT NULL, PRIMARY KEY (agent, first)
);
CREATE INDEX outrider_metric_series_by_change ON outrider_metric_series (changed);
CREATE TABLE outrider_metric_journal (
  agent INT NOT NULL, no BIGINT NOT NULL, earliest BIGINT NOT NULL, bytes BYTEA NOT NULL, PRIMARY KEY (agent, no)
);
CREATE TABLE outrider_metric_chunk (id BIGINT PRIMARY KEY, bytes BYTEA NOT NULL);
ALTER TABLE outrider_metric_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE TABLE outrider_metric_day (agent INT NOT NULL, day INT NOT NULL, PRIMARY KEY (agent, day));
CREATE TABLE outrider_metric_processes (id BIGINT PRIMARY KEY, bytes BYTEA NOT NULL);
ALTER TABLE outrider_metric_processes ALTER COLUMN bytes SET STORAGE EXTERNAL
