CREATE TABLE outrider_report (
  tenant TEXT COLLATE "C" NOT NULL, agent TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, expert TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL, score INT, level TEXT NOT NULL, status TEXT NOT NULL, summary TEXT NOT NULL,
  report BYTEA NOT NULL, bundle BYTEA NOT NULL,
  PRIMARY KEY (tenant, agent, id)
);
CREATE INDEX outrider_report_by_time ON outrider_report (tenant, agent, at, id)
